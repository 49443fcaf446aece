from odoo import api, fields, models
from odoo.exceptions import ValidationError

from odoo.addons.bphs_base.tools.money import to_decimal

from ...tools.floors import LEAST, ratio_words


class BphsFundScheme(models.Model):
    """A scheme prepays no less than the floor of its own year."""

    _inherit = "bphs.fund.scheme"

    prepay_floor = fields.Float(
        string="Least Share of the Year",
        digits=(5, 4),
        compute="_compute_prepay_floor",
        store=True,
        precompute=True,
        aggregator=None,
        help="Published, the scheme keeps the one it was published under.",
    )

    _prepay_ratio_floor = models.Constraint(
        f"CHECK(prepay_ratio >= {LEAST} AND prepay_ratio <= 1)",
        f"The prepayment ratio lies between {LEAST} and 1: "
        f"at least {LEAST * 100:.0f} % of what is needed must be prepaid.",
    )
    _prepay_ratio_of_year = models.Constraint(
        "CHECK(state = 'draft' OR prepay_ratio >= prepay_floor)",
        "A scheme prepays no less than the least share of its year.",
    )

    @api.depends("period_id")
    def _compute_prepay_floor(self):
        for scheme in self:
            scheme.prepay_floor = self.env["bphs.fund.floor"]._of_year(scheme.period_id)

    @api.onchange("prepay_ratio")
    def _onchange_prepay_ratio(self):
        self._check_prepay_ratio(self.prepay_ratio, self.period_id)

    @api.onchange("period_id")
    def _onchange_period_id(self):
        if self._ratio_in(self.period_id) > to_decimal(self.prepay_ratio or 0):
            self.prepay_ratio = self._ratio_in(self.period_id)
        return super()._onchange_period_id()

    @api.model_create_multi
    def create(self, vals_list):
        periods, floors = self.env["bphs.period"], self.env["bphs.fund.floor"]
        given = []
        for vals in vals_list:
            period = periods.browse(vals.get("period_id"))
            given.append({"prepay_ratio": floors._of_year(period), **vals})
            self._check_prepay_ratio(given[-1]["prepay_ratio"], period)
        return super().create(given)

    def write(self, vals):
        if "prepay_ratio" in vals or "period_id" in vals:
            for scheme in self:
                period = self.env["bphs.period"].browse(vals["period_id"]) if "period_id" in vals else scheme.period_id
                self._check_prepay_ratio(vals.get("prepay_ratio", scheme.prepay_ratio), period)
        return super().write(vals)

    def _check_publishable(self):
        super()._check_publishable()
        # It may have risen since the draft was written.
        self._check_prepay_ratio(self.prepay_ratio, self.period_id)

    def _ratio_in(self, period):
        """:return Decimal: this scheme's ratio, or the floor of that year where it is below"""
        return max(to_decimal(self.prepay_ratio or 0), self.env["bphs.fund.floor"]._of_year(period))

    @api.model
    def _check_prepay_ratio(self, ratio, period):
        """Refuse a ratio below the year's floor before the database does, so that people read why.

        :raise ValidationError: the ratio is below the floor or above 1
        """
        ratio, floor = to_decimal(ratio or 0), self.env["bphs.fund.floor"]._of_year(period)
        if not floor <= ratio <= 1:
            raise ValidationError(
                self.env._(
                    "Prepayment ratio %(ratio)s: at least %(floor)s of what is needed must be prepaid, and at most 1.",
                    ratio=ratio,
                    floor=ratio_words(floor),
                )
            )
