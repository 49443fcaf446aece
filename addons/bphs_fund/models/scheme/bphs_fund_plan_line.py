from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.bphs_base.tools.money import round_half_up, to_decimal


class BphsFundPlanLine(models.Model):
    """Expected quantity of one service item in a clinic's annual plan, at the price of the
    scheme."""

    _name = "bphs.fund.plan.line"
    _description = "Expected Work"
    _inherit = ["bphs.money.mixin", "bphs.draft.part.mixin"]
    _order = "plan_id, item_id"

    _part_of = "plan_id"

    plan_id = fields.Many2one("bphs.fund.plan", required=True, index=True, ondelete="cascade")
    item_id = fields.Many2one("bphs.service.item", required=True, index=True, ondelete="restrict")
    unit = fields.Char(related="item_id.unit")
    quantity = fields.Integer(default=0, required=True)
    # Never typed: a plan at other prices than those published would be another scheme.
    price = fields.Float(digits=(12, 4), compute="_compute_price", store=True, precompute=True, aggregator=None)
    amount = fields.Monetary(compute="_compute_amount", store=True, precompute=True)

    _plan_item_uniq = models.Constraint("UNIQUE(plan_id, item_id)", "A service item appears once in a plan.")
    _quantity_range = models.Constraint(
        "CHECK(quantity >= 0 AND quantity <= 1000000000)",
        "A quantity lies between 0 and 1,000,000,000.",
    )

    @api.depends("plan_id.scheme_id", "item_id")
    def _compute_price(self):
        prices = {
            (scheme.id, item.id): price
            for scheme, item, price in self.env["bphs.fund.price"]._read_group(
                [("scheme_id", "in", self.plan_id.scheme_id.ids)],
                ["scheme_id", "item_id"],
                ["price:max"],
            )
        }
        for line in self:
            key = (line.plan_id.scheme_id.id, line.item_id.id)
            if key[0] and key[1] and key not in prices:
                raise UserError(
                    self.env._(
                        "%(item)s has no price in %(scheme)s.",
                        item=line.item_id.display_name,
                        scheme=line.plan_id.scheme_id.display_name,
                    )
                )
            line.price = prices.get(key, 0)

    @api.depends("quantity", "price")
    def _compute_amount(self):
        for line in self:
            line.amount = round_half_up(to_decimal(line.price) * line.quantity)
