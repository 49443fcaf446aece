from odoo import api, fields, models


class BphsFundPrice(models.Model):
    """What one piece of a service item is paid under a scheme, in yuan with up to four decimals."""

    _name = "bphs.fund.price"
    _description = "Price of a Service Item"
    _inherit = ["bphs.draft.part.mixin"]
    _order = "scheme_id desc, item_id"

    _part_of = "scheme_id"

    scheme_id = fields.Many2one("bphs.fund.scheme", required=True, index=True, ondelete="cascade")
    item_id = fields.Many2one("bphs.service.item", required=True, index=True, ondelete="restrict")
    unit = fields.Char(related="item_id.unit")
    price = fields.Float(digits=(12, 4), required=True, aggregator=None)

    _scheme_item_uniq = models.Constraint("UNIQUE(scheme_id, item_id)", "A service item has one price in a scheme.")
    _price_sign = models.Constraint("CHECK(price >= 0)", "A price cannot be below zero.")

    @api.depends("scheme_id", "item_id")
    def _compute_display_name(self):
        for price in self:
            price.display_name = f"{price.scheme_id.display_name} / {price.item_id.display_name}"
