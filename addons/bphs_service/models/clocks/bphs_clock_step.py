from odoo import fields, models

PARTS = ("opens", "due", "closes")


class BphsClockStep(models.Model):
    """A step of a clock by age: when it opens, is due and closes, counted from the plan's anchor."""

    _name = "bphs.clock.step"
    _description = "Step of a Follow-Up Clock"
    _inherit = ["bphs.open.part.mixin"]
    _order = "clock_id, sequence, id"

    clock_id = fields.Many2one("bphs.clock", required=True, index=True, ondelete="cascade")
    sequence = fields.Integer(default=10)
    code = fields.Char(required=True)
    name = fields.Char(required=True, translate=True)
    opens_months = fields.Integer(string="Opens: Months", aggregator=None)
    opens_days = fields.Integer(string="Opens: Days", aggregator=None)
    due_months = fields.Integer(string="Due: Months", aggregator=None)
    due_days = fields.Integer(string="Due: Days", aggregator=None)
    closes_months = fields.Integer(string="Closes: Months", aggregator=None)
    closes_days = fields.Integer(string="Closes: Days", aggregator=None)

    _code_uniq = models.Constraint("UNIQUE(clock_id, code)", "A step stands once in a clock.")

    # === HELPERS === #

    def _check_open(self):
        self.clock_id._check_writable({"step_ids"})

    def _document(self):
        self.ensure_one()
        return {"step": self.code, **{part: self._offset(part) for part in PARTS}}

    def _offset(self, part):
        months, days = self[f"{part}_months"], self[f"{part}_days"]
        return {**({"months": months} if months else {}), **({"days": days} if days or not months else {})}
