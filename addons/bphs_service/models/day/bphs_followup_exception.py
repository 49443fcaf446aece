from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain

from .bphs_followup import TO_DO

# So long after its day what was not done is the team leader's to see.
LATE_DAYS, LATE_PARAMETER = 7, "bphs_service.exception_days"


class BphsFollowup(models.Model):
    """What a team leader looks at: not all that is due, but what goes wrong."""

    _inherit = "bphs.followup"

    is_exception = fields.Boolean(
        string="Exception",
        compute="_compute_is_exception",
        search="_search_is_exception",
        help="In danger, long past its day, or past it and the person is not reached. Muted or not.",
    )
    exception_words = fields.Char(string="Why It Is One", compute="_compute_exception_words")

    @api.depends("due_on", "state", "in_danger")
    @api.depends_context("uid")
    def _compute_is_exception(self):
        found = self.search([("id", "in", self._origin.ids), ("is_exception", "=", True)])
        for row in self:
            row.is_exception = row._origin in found

    def _search_is_exception(self, operator, value):
        if operator != "in":
            return NotImplemented
        exception = self._in_danger_domain() | self._long_late_domain() | self._unreached_domain()
        return (exception if True in value else Domain.FALSE) | (~exception if False in value else Domain.FALSE)

    @api.depends("due_on", "state", "in_danger")
    def _compute_exception_words(self):
        today = self._county_today()
        # sudo: that somebody was not reached, of rows this user sees
        unreached = set(self.sudo().filtered(lambda row: row.is_past_due and row.plan_id.is_unreached).ids)
        for row in self:
            told = []
            if row.in_danger and row.state in TO_DO:
                told.append(self.env._("in danger"))
            if row.is_past_due and row.due_on < today:
                told.append(self.env._("%(days)s days past its day", days=(today - row.due_on).days))
            if row.id in unreached:
                told.append(self.env._("not reached"))
            row.exception_words = "、".join(told)

    # === HELPERS === #

    @api.model
    def _exception_days(self):
        # sudo: a setting of the county
        days = self.env["ir.config_parameter"].sudo().get_param(LATE_PARAMETER)
        return int(days) if days and days.isdecimal() else LATE_DAYS

    def _in_danger_domain(self):
        return Domain("state", "in", TO_DO) & Domain("in_danger", "=", True)

    def _long_late_domain(self):
        """What is not done so many days after its day; a mute forgives nothing."""
        since = self._county_today() - timedelta(days=self._exception_days())
        return Domain("state", "in", ("overdue", "muted")) & Domain("due_on", "<", since)

    def _unreached_domain(self):
        return Domain("is_past_due", "=", True) & Domain("plan_id.is_unreached", "=", True)
