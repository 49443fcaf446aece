from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import UserError


class BphsAuthenticityLimit(models.Model):
    """From how many records on, and over which limit, a check tells of a doubt, from a day on (核查限值).

    A quarter is looked through with the limits that ruled its first day, whenever it is looked through: what was
    no doubt does not become one years later. Before the first row those of the check itself hold.
    """

    _name = "bphs.authenticity.limit"
    _description = "Limits of a Check"
    _inherit = ["bphs.in.force.mixin"]
    _order = "check_id, date_from desc"
    _rec_name = "date_from"

    check_id = fields.Many2one(
        "bphs.authenticity.check", string="Check of Authenticity", required=True, index=True, ondelete="restrict"
    )
    date_from = fields.Date(
        string="In Force From", required=True, default=lambda self: self._default_date_from(),
        help="A quarter is looked through with the limits of its first day.",
    )  # fmt: skip
    least = fields.Integer(string="At Least", aggregator=None, help="Records or people; fewer say nothing.")
    most = fields.Float(string="Limit", digits=(8, 2), aggregator=None)
    chance = fields.Float(string="By Chance at Most", digits=(8, 6), aggregator=None, help="0: not asked.")

    _day_uniq = models.Constraint("UNIQUE(check_id, date_from)", "From this day on the check has its limits already.")
    _limits_check = models.Constraint("CHECK(least >= 0 AND most >= 0)", "Limits are not below zero.")
    _chance_check = models.Constraint("CHECK(chance >= 0 AND chance <= 1)", "A chance is between 0 and 1.")

    @api.model
    def _default_date_from(self):
        """:return: the first day of the next quarter"""
        today = self._county_today()
        return today.replace(month=(today.month - 1) // 3 * 3 + 1, day=1) + relativedelta(months=3)

    def _in_force_refusal(self):
        return UserError(self.env._("Records were looked through with these limits. Add a row from a later day."))


class BphsAuthenticityCheck(models.Model):
    _inherit = "bphs.authenticity.check"

    limit_ids = fields.One2many("bphs.authenticity.limit", "check_id", string="Limits from a Day On")
    least_today = fields.Integer(string="At Least", compute="_compute_today", aggregator=None)
    most_today = fields.Float(string="Limit", digits=(8, 2), compute="_compute_today", aggregator=None)
    chance_today = fields.Float(
        string="By Chance at Most", digits=(8, 6), compute="_compute_today", aggregator=None,
        help="How likely the figure of a unit may be by chance, beside the county's others, and still be doubted."
        " 0: not asked.",
    )  # fmt: skip

    @api.depends("least", "most", "chance", "limit_ids.date_from", "limit_ids.least", "limit_ids.most",
                 "limit_ids.chance")  # fmt: skip
    def _compute_today(self):
        ruling = self._limits_on(self._county_today())
        for check in self:
            limits = ruling.get(check._origin, check)
            check.least_today, check.most_today, check.chance_today = limits.least, limits.most, limits.chance

    def _limits_on(self, day):
        """:return dict: check -> the row that rules a day, or the check itself where none does yet"""
        # sudo: they hold for the whole county, whoever asks
        rows = self.env["bphs.authenticity.limit"].sudo()
        rows = rows.search([("check_id", "in", self.ids), ("date_from", "<=", day)], order="date_from")
        ruling = {row.check_id: row for row in rows}  # the later over the earlier
        return {check: ruling.get(check, check) for check in self._origin}
