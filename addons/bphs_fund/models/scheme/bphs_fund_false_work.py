from odoo import fields, models
from odoo.exceptions import UserError

from odoo.addons.bphs_base.tools.money import to_decimal


class BphsFundFalseWork(models.Model):
    """How many times its price work that was not done is deducted (虚假服务扣减倍数), from a day on, and the document.

    It holds for quarters that begin on its day or later; where no row is, false work is not paid and nothing more. Once
    a quarter of it is settled and approved it stays: a new value is a new row from a later day.
    """

    _name = "bphs.fund.false.work"
    _description = "Deduction for False Work"
    _inherit = ["bphs.in.force.mixin"]
    _order = "date_from desc"
    _rec_name = "document_number"

    date_from = fields.Date(string="In Force From", required=True, help="For quarters that begin on it or later.")
    times = fields.Float(
        string="Times the Unit Price",
        digits=(4, 2),
        required=True,
        default=3,
        aggregator=None,
        help="0: from this day on nothing is deducted beyond not paying for it.",
    )
    document_number = fields.Char(required=True, help="Of the document that says so.")

    _date_uniq = models.Constraint("UNIQUE(date_from)", "From this day on a deduction is laid down already.")
    _times_range = models.Constraint(
        "CHECK(times >= 0 AND times <= 10)", "False work is deducted at no more than ten times its price."
    )
    _number_given = models.Constraint("CHECK(btrim(document_number) <> '')", "Name the document that says so.")

    # === HELPERS === #

    def _check_future(self):
        # What it ruled is what counts, not its day: a document comes late, and is entered for the quarter under way.
        # sudo: whether a quarter is settled does not depend on who may see it
        lines = self.env["bphs.fund.settlement.line"].sudo()
        for rule in self:
            settled = lines.search(
                [("kind", "=", "quarter"), ("posted", "=", True), ("period_id.date_start", ">=", rule.date_from)],
                order="id",
                limit=1,
            )
            if settled:
                raise UserError(
                    self.env._(
                        "%(period)s is settled and approved. A deduction begins with a quarter after it.",
                        period=settled.period_id.display_name,
                    )
                )

    def _times(self):
        """:return Decimal: how many times the price is deducted; None where nothing is"""
        return to_decimal(self.times) if self and self.times else None
