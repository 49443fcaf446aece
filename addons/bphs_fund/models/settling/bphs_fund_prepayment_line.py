from odoo import api, fields, models


class BphsFundPrepaymentLine(models.Model):
    """What one clinic is prepaid for a quarter. Written by computing alone; nobody has the right to edit it."""

    _name = "bphs.fund.prepayment.line"
    _description = "Prepayment Line"
    _inherit = ["bphs.approval.line.mixin", "bphs.scope.mixin", "bphs.money.mixin"]
    _order = "prepayment_id, institution_id, id"
    _approval_parent_field = "prepayment_id"

    prepayment_id = fields.Many2one(
        "bphs.fund.prepayment", required=True, index=True, readonly=True, ondelete="cascade"
    )
    institution_id = fields.Many2one(string="Clinic", readonly=True)
    township_id = fields.Many2one(related="institution_id.township_id", string="Township Institution")
    period_id = fields.Many2one("bphs.period", required=True, index=True, readonly=True, ondelete="restrict")
    approval_state = fields.Selection(related="prepayment_id.approval_state")
    basis = fields.Selection(
        [("plan", "Annual plan"), ("last_year", "Same quarter of last year")], required=True, readonly=True
    )
    needed = fields.Monetary(
        required=True, readonly=True, help="The year's plan, or what the same quarter of last year was settled at."
    )
    ratio = fields.Float(digits=(5, 4), required=True, readonly=True, aggregator=None)
    amount = fields.Monetary(string="This Time", required=True, readonly=True)
    cumulative = fields.Monetary(string="In the Year", required=True, readonly=True)

    _clinic_period_uniq = models.Constraint(
        "UNIQUE(institution_id, period_id)", "This clinic is prepaid for this quarter already."
    )
    _amounts_sign = models.Constraint(
        "CHECK(needed >= 0 AND amount >= 0 AND ratio >= 0.70 AND ratio <= 1)",
        "At least 70 % of what is needed is prepaid.",
    )

    @api.depends("institution_id", "period_id")
    def _compute_display_name(self):
        for line in self:
            line.display_name = f"{line.institution_id.name or ''} {line.period_id.display_name or ''}".strip()
