from odoo import fields, models

from .bphs_followup import TO_DO


class BphsVisit(models.Model):
    """Once a record is done: what else is to be done in the same house."""

    _inherit = "bphs.visit"

    house_due_words = fields.Char(string="More in This House", compute="_compute_house_due_words")

    def _compute_house_due_words(self):
        for visit in self:
            rows = visit._due_in_house() if visit.state == "done" else self.env["bphs.followup"]
            # sudo: which service, whatever clock it is
            told = "、".join(f"{row.resident_id.name} {row.clock_id.sudo().name}" for row in rows)
            visit.house_due_words = (
                self.env._("%(count)s more due in this house: %(rows)s", count=len(rows), rows=told) if rows else False
            )

    def _due_in_house(self):
        """:return: what is to be done in the house of this record's person, what this user may do of it"""
        household = self.resident_id.household_id
        rows = self.env["bphs.followup"]
        return rows.search([("household_id", "=", household.id), ("state", "in", TO_DO)]) if household else rows

    def action_next_in_house(self):
        """:return: the action that records the next thing due in the house, or the list where there is none"""
        self.ensure_one()
        self.check_access("read")
        row = self._due_in_house()[:1]
        if row:
            return {**row.action_record(), "target": "main"}
        return self.env["ir.actions.act_window"]._for_xml_id("bphs_service.bphs_followup_action")
