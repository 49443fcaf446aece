from odoo import fields, models


class BphsFundRunIssue(models.Model):
    """Why a clinic cannot be settled yet; rewritten each time the run computes."""

    _name = "bphs.fund.run.issue"
    _description = "Clinic That Cannot Be Settled Yet"
    _inherit = ["bphs.scope.mixin"]
    _order = "run_id, institution_id, id"
    _rec_name = "reason"

    run_id = fields.Many2one("bphs.fund.run", required=True, index=True, readonly=True, ondelete="cascade")
    institution_id = fields.Many2one(string="Clinic", readonly=True)
    township_id = fields.Many2one(related="institution_id.township_id")
    reason = fields.Char(required=True, readonly=True)
