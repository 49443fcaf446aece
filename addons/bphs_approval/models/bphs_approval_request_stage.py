from odoo import fields, models

from .bphs_approval_stage import LEVELS


class BphsApprovalRequestStage(models.Model):
    """A stage as it stood when the document was submitted. Nobody can change it any more."""

    _name = "bphs.approval.request.stage"
    _inherit = ["bphs.append.only.mixin"]
    _description = "Stage of an Approval Request"
    _order = "request_id, sequence"

    request_id = fields.Many2one("bphs.approval.request", required=True, index=True, ondelete="restrict")
    sequence = fields.Integer(required=True)
    name = fields.Char(required=True)
    group_id = fields.Many2one("res.groups", string="Decided By", required=True, ondelete="restrict")
    level = fields.Selection(LEVELS, required=True)
    external = fields.Boolean()
    minutes_required = fields.Boolean()

    _sequence_uniq = models.Constraint("UNIQUE(request_id, sequence)", "A request has each of its stages once.")

    def _next(self):
        """:return: the stage after this one, empty after the last"""
        return self.request_id.stage_ids.filtered(lambda stage: stage.sequence > self.sequence).sorted("sequence")[:1]
