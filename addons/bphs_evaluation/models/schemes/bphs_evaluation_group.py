from odoo import fields, models


class BphsEvaluationGroup(models.Model):
    """A group of results (等次), from so many per cent of the total on."""

    _name = "bphs.evaluation.group"
    _description = "Group of Results"
    _inherit = ["bphs.draft.part.mixin"]
    _part_of = "scheme_id"
    _order = "scheme_id, start desc, id"

    scheme_id = fields.Many2one("bphs.evaluation.scheme", required=True, index=True, ondelete="cascade")
    name = fields.Char(required=True)
    start = fields.Float(string="From Per Cent", digits=(10, 4), aggregator=None)

    _name_uniq = models.UniqueIndex("(scheme_id, name)", "Each group of a scheme has a name of its own.")
