import base64

from odoo import fields, models


class BphsEvaluationSchemeImport(models.TransientModel):
    """A scheme from a file, as it was exported here or elsewhere; it becomes a draft."""

    _name = "bphs.evaluation.scheme.import"
    _description = "Import a Scheme"
    _inherit = ["bphs.upload.limit.mixin"]

    file = fields.Binary(required=True, attachment=False)
    file_name = fields.Char()

    def action_import(self):
        """:return dict: the draft that was made"""
        self.ensure_one()
        scheme = self.env["bphs.evaluation.scheme"]._create_from_file(base64.b64decode(self.file))
        return {
            "type": "ir.actions.act_window",
            "res_model": scheme._name,
            "res_id": scheme.id,
            "views": [(False, "form")],
        }
