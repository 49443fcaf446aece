from odoo import api, fields, models

from odoo.addons.bphs_base.models.registers.bphs_institution import CLINIC_KINDS
from odoo.addons.bphs_base.tools.importing.import_columns import ImportColumn

CODE_HEADINGS = ("机构代码", "机构编号", "单位编码", "卫生室编码", "卫生室代码")


class BphsFundClinicImport(models.AbstractModel):
    """What the fund's workbooks share: a row for each clinic, of one period."""

    _name = "bphs.fund.clinic.import"
    _inherit = "bphs.import.wizard"
    _description = "Import by Clinic"

    period_id = fields.Many2one("bphs.period", required=True, ondelete="cascade")

    @api.model
    def _import_clinic_columns(self):
        return [
            ImportColumn("clinic", self.env._("Institution Code"), "code", required=True, aliases=CODE_HEADINGS),
            ImportColumn("clinic_name", self.env._("Clinic"), "name", fixed=True),
        ]

    @api.model
    def _import_clinics(self):
        return self.env["bphs.institution"].search([("kind", "in", CLINIC_KINDS)])

    def _import_template_rows(self):
        return [{"clinic": clinic.code, "clinic_name": clinic.name} for clinic in self._import_clinics()]

    def _import_find_clinics(self, rows):
        """:return: {code: clinic}, those in scope; rows of other codes are refused"""
        return self._import_find(rows, "clinic", "bphs.institution", domain=[("kind", "in", CLINIC_KINDS)])

    def _import_check(self, rows):
        super()._import_check(rows)
        self._import_refuse_twice(rows, "clinic")
        self._import_check_clinics(rows, self._import_find_clinics(rows))

    def _import_check_clinics(self, rows, clinics):
        """Add what is wrong with rows whose clinic is known: ``row.error(key, text)``."""

    def _import_heading_problem(self, unknown):
        """A heading that is no column would be money left out in silence: such a file is
        refused."""
        if not unknown:
            return super()._import_heading_problem(unknown)
        return self.env._("No column is called: %(headings)s.", headings="、".join(unknown))
