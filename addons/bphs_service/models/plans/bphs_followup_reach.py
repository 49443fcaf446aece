from odoo import api, fields, models
from odoo.tools import SQL

from ...tools.attempts import DAYS_IN_VAIN

# Attempts since anything was last done for the resident, as `_days_before` counts them, but past the rules: what was
# done is what everybody sees of it who sees the person.
UNREACHED = """
    SELECT a.resident_id FROM bphs_followup_attempt a JOIN bphs_resident r ON r.id = a.resident_id
     WHERE a.made_on > coalesce((SELECT max(v.done_on) FROM bphs_visit v
                                  WHERE v.resident_id = a.resident_id AND v.state = 'done'
                                    AND (r.restricted OR NOT v.sensitive)), '-infinity')
     GROUP BY a.resident_id HAVING count(DISTINCT a.made_on) >= %s
"""


class BphsFollowup(models.Model):
    """What a mute hides from the list of work and from nothing else: who is late, and who is not reached."""

    _inherit = "bphs.followup"

    is_past_due = fields.Boolean(
        string="Past Due",
        compute="_compute_is_past_due",
        search="_search_is_past_due",
        help="To be done still, and its day is over, muted or not: a mute forgives nothing.",
    )

    @api.depends("state", "due_on")
    def _compute_is_past_due(self):
        today = self._county_today()
        for row in self:
            row.is_past_due = row.state == "overdue" or (row.state == "muted" and row.due_on < today)

    def _search_is_past_due(self, operator, value):
        if operator != "in":
            return NotImplemented
        late = [("state", "in", ["overdue", "muted"]), ("due_on", "<", self._county_today())]
        return late if True in value else ["!", "&", *late]

    def action_attempt(self):
        """:return: the action that asks what came of an attempt"""
        self.ensure_one()
        self.check_access("read")
        attempts = self.env["bphs.followup.attempt"]
        attempts.check_access("create")
        return attempts._dialog_of(self.plan_id)


class BphsPlan(models.Model):
    _inherit = "bphs.plan"

    attempt_ids = fields.One2many("bphs.followup.attempt", "plan_id", string="Attempts", readonly=True)
    is_unreached = fields.Boolean(
        string="Not Reached",
        compute="_compute_is_unreached",
        search="_search_is_unreached",
        help="Tried in vain on three different days or more since anything was last done for the resident.",
    )

    @api.depends("attempt_ids")
    def _compute_is_unreached(self):
        unreached = self.search([("id", "in", self._origin.ids), ("is_unreached", "=", True)])
        for plan in self:
            plan.is_unreached = plan._origin in unreached

    def _search_is_unreached(self, operator, value):
        if operator != "in":
            return NotImplemented
        found = SQL("(%s)", SQL(UNREACHED, DAYS_IN_VAIN))
        return [("resident_id", "in" if True in value else "not in", found)]
