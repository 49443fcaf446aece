from odoo import fields, models


class BphsEvaluationObjection(models.Model):
    """What a unit objected to in its sheet, and what came of it; made and answered by the steps of the sheet."""

    _name = "bphs.evaluation.objection"
    _description = "Objection to a Sheet"
    _inherit = ["bphs.evaluation.untelling.mixin", "bphs.scope.mixin"]
    _untelling = ("text", "answer")
    _order = "id desc"
    _rec_name = "sheet_id"

    sheet_id = fields.Many2one("bphs.evaluation.sheet", required=True, readonly=True, index=True, ondelete="restrict")
    institution_id = fields.Many2one(related="sheet_id.institution_id", store=True, precompute=True, string="Unit")
    text = fields.Text(string="Objection", required=True, readonly=True)
    raised_by_id = fields.Many2one("res.users", required=True, readonly=True, ondelete="restrict")
    raised_at = fields.Datetime(required=True, readonly=True)
    outcome = fields.Selection([("upheld", "Upheld"), ("dismissed", "Dismissed")], readonly=True)
    answer = fields.Text(readonly=True)
    decided_by_id = fields.Many2one("res.users", readonly=True, ondelete="restrict")
    decided_at = fields.Datetime(readonly=True)
