from odoo import api, fields, models

from .bphs_evaluation_scheme_document import number_text


class BphsEvaluationItemCase(models.Model):
    """What each case takes off, and the most that all of its kind do."""

    _name = "bphs.evaluation.item.case"
    _description = "Case of an Item"
    _inherit = ["bphs.evaluation.item.part"]
    _order = "item_id, sequence, id"

    sequence = fields.Integer(default=100)
    code = fields.Char(required=True)
    name = fields.Char(string="Case", required=True)
    each = fields.Float(string="Off for Each", digits=(8, 2), aggregator=None)
    is_bounded = fields.Boolean(string="Has a Most", default=False)
    most = fields.Float(string="Off at Most", digits=(8, 2), aggregator=None)

    _code_uniq = models.UniqueIndex("(item_id, code)", "Each case of an item has a code of its own.")

    @api.depends("code", "name")
    def _compute_display_name(self):
        for case in self:
            case.display_name = case.name or case.code

    def _words(self):
        each = number_text(self.each)
        if self.is_bounded:
            return self.env._(
                "%(case)s: %(each)s each, at most %(most)s", case=self.name, each=each, most=number_text(self.most)
            )
        return self.env._("%(case)s: %(each)s each", case=self.name, each=each)
