from odoo import api, fields, models
from odoo.exceptions import UserError


class BphsEvaluationCount(models.Model):
    """How often a case was seen that takes points off."""

    _name = "bphs.evaluation.count"
    _description = "Cases Counted"
    _inherit = ["bphs.scope.mixin"]
    _order = "line_id, id"
    _rec_name = "case_id"

    line_id = fields.Many2one("bphs.evaluation.line", required=True, readonly=True, index=True, ondelete="cascade")
    institution_id = fields.Many2one(related="line_id.institution_id", store=True, precompute=True, string="Unit")
    case_id = fields.Many2one(
        "bphs.evaluation.item.case", required=True, readonly=True, index=True, ondelete="restrict"
    )
    count = fields.Integer(string="Times", aggregator=None)
    is_told = fields.Boolean(
        string="Told as None", readonly=True, help="A document named it, though it was never seen."
    )

    _case_uniq = models.Constraint("UNIQUE(line_id, case_id)", "Each case is counted once.")
    _count_range = models.Constraint("CHECK(count >= 0)", "A case is not seen less than never.")

    def write(self, vals):
        if not self.env.su and vals:
            self.check_access("write")
            if set(vals) - {"count"}:
                raise UserError(self.env._("Of a case its number is entered alone."))
            self.line_id._hold()
            # sudo: who counted a case entered the line, and a reason before it holds no more
            self.line_id.sudo().write(
                {"status": "entered", "entered_by_id": self.env.uid, "reason_accepted_by_id": False}
            )
        return super().write(vals)

    # Whatever the context says: a client can set the flag that skips checks meant for uninstalling.
    @api.ondelete(at_uninstall=True)
    def _unlink_except_planned(self):
        self.line_id.sheet_id._check_in_state(("planned",))
