from odoo import api, fields, models

from ...tools.earning import counting

WAYS = [
    (counting.FULL, "Each in Full"),
    (counting.PART, "The Dearest in Full, the Others in Part"),
    (counting.DEAREST, "The Dearest Alone"),
]


class BphsEarningSharing(models.Model):
    """How service items are counted that share one contact (合并服务计量), from a day on. None: each in full.

    A new way is a new row: what was counted before it stays as it was.
    """

    _name = "bphs.earning.sharing"
    _description = "Items That Share a Contact"
    _inherit = ["bphs.in.force.mixin"]
    _order = "date_from desc"
    _rec_name = "way"

    way = fields.Selection(WAYS, string="Way of Sharing", required=True, default=counting.FULL)
    percent = fields.Integer(
        string="Part (%)",
        default=50,
        aggregator=None,
        help="Of the others than the dearest; rounded down for each item.",
    )
    date_from = fields.Date(string="In Force From", required=True)

    _date_uniq = models.Constraint("UNIQUE(date_from)", "From this day on something is said already.")
    _percent_range = models.Constraint("CHECK(percent BETWEEN 1 AND 99)", "A part is 1 to 99 per cent.")

    @api.model
    def _on(self, day):
        """:return: (way, per cent) in force on a day"""
        found = self._in_force_on(day)
        return (found.way, found.percent) if found else (counting.FULL, 100)
