from odoo import api, fields, models

EFFECTS = [("cap", "At Most"), ("zero", "Nothing")]


class BphsEvaluationRedLine(models.Model):
    """What a unit must not do (红线): who crosses it keeps at most so many points, or none."""

    _name = "bphs.evaluation.red.line"
    _description = "Red Line"
    _inherit = ["bphs.draft.part.mixin"]
    _part_of = "scheme_id"
    _order = "scheme_id, sequence, id"

    scheme_id = fields.Many2one("bphs.evaluation.scheme", required=True, index=True, ondelete="cascade")
    sequence = fields.Integer(default=100)
    code = fields.Char(required=True)
    name = fields.Char(string="What Crosses It", required=True)
    effect = fields.Selection(EFFECTS, required=True, default="cap")
    value = fields.Float(string="Points Kept", digits=(8, 2), aggregator=None)

    _code_uniq = models.UniqueIndex("(scheme_id, code)", "Each red line of a scheme has a code of its own.")

    @api.depends("code", "name")
    def _compute_display_name(self):
        for line in self:
            line.display_name = f"{line.code or ''} {line.name or ''}".strip()
