from odoo import fields, models


class BphsHandoverRow(models.Model):
    """What a hand-over changed, value by value, so that one step puts it back. Nobody reads it."""

    _name = "bphs.handover.row"
    _description = "Value Changed by a Hand-Over"
    _log_access = False

    handover_id = fields.Many2one("bphs.handover", required=True, index=True, ondelete="cascade")
    model = fields.Char(required=True)
    res_id = fields.Integer(required=True)
    field = fields.Char(required=True, help="`id` where the record itself was made.")
    before = fields.Char()
    after = fields.Char()
