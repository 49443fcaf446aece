from odoo import fields, models
from odoo.fields import Domain


class BphsFundSettlementLine(models.Model):
    """Sheets that wait for their clinic's word, found by one query."""

    _inherit = "bphs.fund.settlement.line"

    can_confirm = fields.Boolean(search="_search_can_confirm")

    def _search_can_confirm(self, operator, value):
        if operator != "in" or True not in value:
            return NotImplemented
        if not self.env.user.has_group("bphs_base.group_village_doctor"):
            return Domain.FALSE
        # sudo: the clinic's own sheet is visible to the doctor, the township's document around it is not
        settlements = self.env["bphs.fund.settlement"].sudo()
        with_clinics = settlements._search([("sent_on", "!=", False), ("approval_state", "=", "draft")])
        return Domain("confirm_state", "=", "waiting") & Domain("settlement_id", "in", with_clinics)
