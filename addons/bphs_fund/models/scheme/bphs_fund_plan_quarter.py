from odoo import api, fields, models
from odoo.exceptions import ValidationError


class BphsFundPlanQuarter(models.Model):
    """What the same quarter of last year was settled at: the prepayment basis of one quarter."""

    _name = "bphs.fund.plan.quarter"
    _description = "Last Year's Settled Quarter"
    _inherit = ["bphs.money.mixin", "bphs.draft.part.mixin"]
    _order = "plan_id, period_id"

    _part_of = "plan_id"

    plan_id = fields.Many2one("bphs.fund.plan", required=True, index=True, ondelete="cascade")
    period_id = fields.Many2one(
        "bphs.period",
        string="Quarter",
        required=True,
        index=True,
        ondelete="restrict",
        help="The quarter to be prepaid, of the plan's own year.",
    )
    amount = fields.Monetary(string="Settled Last Year", required=True)

    _plan_period_uniq = models.Constraint("UNIQUE(plan_id, period_id)", "A quarter appears once in a plan.")
    _amount_sign = models.Constraint("CHECK(amount >= 0)", "The amount cannot be below zero.")

    @api.constrains("period_id", "plan_id")
    def _check_period_id(self):
        for quarter in self:
            if quarter.period_id.kind != "quarter" or quarter.period_id.parent_id != quarter.plan_id.period_id:
                raise ValidationError(
                    self.env._(
                        "%(period)s is not a quarter of %(year)s.",
                        period=quarter.period_id.display_name,
                        year=quarter.plan_id.period_id.display_name,
                    )
                )
