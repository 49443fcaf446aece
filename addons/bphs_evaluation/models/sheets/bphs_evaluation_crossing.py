from odoo import api, fields, models
from odoo.exceptions import ValidationError


class BphsEvaluationCrossing(models.Model):
    """A red line that a unit crossed, and what shows it."""

    _name = "bphs.evaluation.crossing"
    _description = "Red Line Crossed"
    _inherit = ["bphs.evaluation.untelling.mixin", "bphs.scope.mixin"]
    _untelling = ("finding",)
    _order = "sheet_id, id"
    _rec_name = "red_line_id"

    sheet_id = fields.Many2one("bphs.evaluation.sheet", required=True, index=True, ondelete="cascade")
    institution_id = fields.Many2one(related="sheet_id.institution_id", store=True, precompute=True, string="Unit")
    scheme_id = fields.Many2one(related="sheet_id.evaluation_id.scheme_id", string="Scheme")
    red_line_id = fields.Many2one("bphs.evaluation.red.line", required=True, index=True, ondelete="restrict")
    finding = fields.Text(string="What Shows It", required=True)

    _line_uniq = models.Constraint("UNIQUE(sheet_id, red_line_id)", "A unit crosses a red line once.")

    @api.constrains("red_line_id", "sheet_id")
    def _check_scheme(self):
        for crossing in self:
            # sudo: the scheme of the round, whoever enters
            if crossing.red_line_id.scheme_id != crossing.sheet_id.evaluation_id.sudo().scheme_id:
                raise ValidationError(
                    self.env._("%(line)s is not of the scheme of this round.", line=crossing.red_line_id.display_name)
                )

    @api.model_create_multi
    def create(self, vals_list):
        self.check_access("create")
        self.env["bphs.evaluation.sheet"].browse({vals.get("sheet_id") for vals in vals_list})._check_open()
        return super().create(vals_list)

    def write(self, vals):
        self.check_access("write")
        sheets = self.sheet_id
        if vals.get("sheet_id"):
            sheets |= sheets.browse(vals["sheet_id"])
        sheets._check_open()
        return super().write(vals)

    # Whatever the context says: a client can set the flag that skips checks meant for uninstalling.
    @api.ondelete(at_uninstall=True)
    def _unlink_except_signed(self):
        self.sheet_id._check_open()
