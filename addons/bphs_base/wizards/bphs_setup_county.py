import re

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..models.platform.res_users_second_factor import SWITCH
from ..models.registers.bphs_institution import NEUTRAL_NAME, ODOO_NAME


class BphsSetupCounty(models.TransientModel):
    """County, bureau, emblem: what stands on the sign-in page, and where all else hangs below."""

    _name = "bphs.setup.county"
    _inherit = ["bphs.upload.limit.mixin"]
    _description = "County and Name"

    county_name = fields.Char(string="County", required=True)
    county_code = fields.Char(string="Division Code", required=True, help="The first six digits, or all twelve.")
    type_name = fields.Char(string="Called", default="县", help="How this level is called on paper: 县, 区, 市.")
    bureau_name = fields.Char(string="Health Bureau", required=True, help="The full name, as on its seal.")
    bureau_code = fields.Char(string="Institution Code", help="Empty: the county's six digits and 000001.")
    emblem = fields.Binary(help="Stands on the sign-in page above the name. May stay empty.")
    address = fields.Char(string="Address of the Site", help="As people type it. Stands in the codes on printed forms.")
    second_factor = fields.Boolean(
        string="Finance and leaders sign in with a one-time code",
        help="Beside their password, or with a passkey. Each sets it up at the next sign-in.",
    )

    @api.model
    def default_get(self, fields_list):
        vals = super().default_get(fields_list)
        county, bureau, company = self._county(), self._bureau(), self._company()
        known = {
            "county_name": county.name,
            "county_code": county.code,
            "type_name": county.type_name or "县",
            "bureau_name": bureau.name or (company.name not in (ODOO_NAME, NEUTRAL_NAME) and company.name),
            "bureau_code": bureau.code,
            "emblem": not company.uses_default_logo and company.logo,
            "address": self._parameters().get_param("web.base.url"),
            "second_factor": bool(self._parameters().get_param(SWITCH)),
        }
        return vals | {name: value for name, value in known.items() if name in fields_list}

    def action_save(self):
        self.ensure_one()
        self.env["bphs.institution"].check_access("create")
        code = re.sub(r"\s", "", self.county_code)
        if not re.fullmatch(r"[0-9]{6}(000000)?", code) or code[4:6] == "00":
            raise UserError(self.env._("“%(code)s” is not the code of a county: six digits are needed.", code=code))
        county, bureau = self._county(), self._bureau()
        vals = {"name": self.county_name, "code": code[:6].ljust(12, "0"), "type_name": self.type_name}
        if county:
            county.write(vals)
        else:
            county = county.create({**vals, "level": "county"})
        vals = {"name": self.bureau_name, "code": self.bureau_code or f"{code[:6]}000001", "division_id": county.id}
        if bureau:
            bureau.write(vals)
        else:
            bureau.create({**vals, "kind": "health_bureau"})
        self._company().write({"name": self.bureau_name, "logo": self.emblem})
        self._parameters().set_param(SWITCH, "1" if self.second_factor else False)
        self._set_address()
        return {"type": "ir.actions.act_window_close"}

    def _set_address(self):
        address = (self.address or "").strip().rstrip("/")
        if not address or address == self._parameters().get_param("web.base.url"):
            return
        if not re.fullmatch(r"https?://[^\s/?#]+", address):
            raise UserError(self.env._("“%(address)s” is not the address of a site.", address=address))
        self._parameters().set_param("web.base.url", address)
        # Or whoever administers the system and signs in by another name changes it.
        self._parameters().set_param("web.base.url.freeze", "True")

    def _parameters(self):
        return self.env["ir.config_parameter"].sudo()  # sudo: two settings of the system are the bureau's to decide

    def _county(self):
        return self.env["bphs.division"].search([("level", "=", "county")], order="code", limit=1)

    def _bureau(self):
        return self.env["bphs.institution"].search([("kind", "=", "health_bureau")], order="code", limit=1)

    def _company(self):
        return self.env.ref("base.main_company").sudo()  # sudo: name and emblem alone, by who administers the bureau
