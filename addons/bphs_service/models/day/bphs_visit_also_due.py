from odoo import api, fields, models

from .bphs_followup import TO_DO

VACCINATION = "vaccination"
# A contract that ends within so many days is renewed now.
RENEW_DAYS = 90


class BphsVisit(models.Model):
    """A child comes to be vaccinated: what else is due for it is proposed there (以预防接种为主线)."""

    _inherit = "bphs.visit"

    is_vaccination = fields.Boolean(compute="_compute_is_vaccination")
    also_due_ids = fields.Many2many(
        "bphs.followup",
        string="Also Due for This Child",
        compute="_compute_also_due",
        help="Each is one tap to record.",
    )
    contract_wanting_words = fields.Char(string="Contract", compute="_compute_also_due")

    @api.depends("template_id.code")
    def _compute_is_vaccination(self):
        for visit in self:
            visit.is_vaccination = visit.template_id.code == VACCINATION

    @api.depends("template_id", "resident_id", "state")
    def _compute_also_due(self):
        for visit in self:
            resident = visit.resident_id._origin
            asked = visit.is_vaccination and resident and visit.state != "voided"
            due = [("resident_id", "=", resident.id), ("state", "in", TO_DO)]
            visit.also_due_ids = self.env["bphs.followup"].search(due, order="due_on, id") if asked else False
            visit.contract_wanting_words = resident._contract_wanting_words() if asked else False

    def action_sign_contract(self):
        """:return: the window that signs or renews the contract of the person of this record"""
        self.ensure_one()
        self.check_access("read")
        contract = self.resident_id._contract_in_force()
        return contract.action_renew() if contract else self.resident_id.action_sign()


class BphsResident(models.Model):
    _inherit = "bphs.resident"

    def _contract_in_force(self):
        return self.contract_ids.filtered("in_force")[:1]

    def _contract_wanting_words(self):
        """:return str: what is wanting of a contract today, or False where nothing is"""
        contract = self._contract_in_force()
        if not contract:
            return self.env._("There is no contract with a family-doctor team.")
        told = []
        today = self._county_today()
        promised = [
            row["name"] for row in contract._promise_rows()[contract.id] if not row["kept"] and row["opens"] <= today
        ]
        if promised:
            told.append(self.env._("Promised and not kept yet: %(names)s.", names="、".join(dict.fromkeys(promised))))
        if contract.days_left <= RENEW_DAYS:
            told.append(self.env._("The contract ends on %(day)s.", day=contract.date_to))
        return " ".join(told) or False
