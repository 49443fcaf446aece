from odoo import api, fields, models
from odoo.exceptions import ValidationError

KINDS = [
    ("year", "Budget Year"),
    ("quarter", "Quarter"),
    ("mch_year", "Maternal and Child Health Year"),
]


class BphsPeriod(models.Model):
    """A period work and money are counted in: code `2025`, `2025Q1`, `2025MCH` (1 October 2024 to 30 September 2025)."""

    _name = "bphs.period"
    _description = "Period"
    _order = "date_start desc, code desc"
    _rec_name = "code"

    code = fields.Char(required=True, index=True)
    kind = fields.Selection(KINDS, required=True)
    date_start = fields.Date(required=True)
    date_end = fields.Date(required=True)
    parent_id = fields.Many2one("bphs.period", string="Year", index=True, ondelete="restrict")
    child_ids = fields.One2many("bphs.period", "parent_id", string="Quarters")
    locked = fields.Boolean(readonly=True, copy=False)

    _code_uniq = models.Constraint("UNIQUE(code)", "A period with this code exists already.")
    _dates_order = models.Constraint(
        "CHECK(date_start <= date_end)", "A period cannot end before it starts."
    )

    @api.constrains("date_start", "date_end", "parent_id")
    def _check_within_parent(self):
        for period in self.filtered("parent_id"):
            year = period.parent_id
            if period.date_start < year.date_start or period.date_end > year.date_end:
                raise ValidationError(
                    self.env._(
                        "%(period)s does not lie within %(year)s.", period=period.code, year=year.code
                    )
                )
