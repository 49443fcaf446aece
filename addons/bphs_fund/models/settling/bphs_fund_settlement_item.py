from odoo import fields, models


class BphsFundSettlementItem(models.Model):
    """A service item of a settled line, with the price and the quantities it was settled at.

    Rows are written in bulk by the run that computes them and never edited: nobody has the right to.
    A county's year is forty thousand of them, so they carry no log columns: the line has those.
    """

    _name = "bphs.fund.settlement.item"
    _description = "Settled Service Item"
    _inherit = ["bphs.money.mixin"]
    _order = "line_id, id"
    _rec_name = "item_id"
    _log_access = False

    line_id = fields.Many2one("bphs.fund.settlement.line", required=True, index=True, readonly=True, ondelete="cascade")
    item_id = fields.Many2one(
        "bphs.service.item", string="Service Item", required=True, readonly=True, ondelete="restrict"
    )
    unit = fields.Char(related="item_id.unit")
    price = fields.Float(string="Unit Price", digits=(12, 4), required=True, readonly=True)
    reported = fields.Integer(required=True, readonly=True)
    invalid = fields.Integer(required=True, readonly=True)
    false_qty = fields.Integer(string="False", required=True, readonly=True)
    verified = fields.Integer(string="Verified Quantity", required=True, readonly=True)
    amount = fields.Monetary(required=True, readonly=True)
    false_amount = fields.Monetary(
        string="Deducted for False Work",
        readonly=True,
        help="Unit price, times what the county lays down, times the false quantity.",
    )

    _verified_is_difference = models.Constraint(
        "CHECK(verified = reported - invalid - false_qty)",
        "The verified quantity is the reported one less the invalid and false ones.",
    )
