import base64

from odoo import fields, models


class BphsElderlyRulesetImport(models.TransientModel):
    """A rule set from a file, as it was exported here or elsewhere; it becomes a draft."""

    _name = "bphs.elderly.ruleset.import"
    _description = "Import a Rule Set"
    _inherit = ["bphs.upload.limit.mixin"]

    file = fields.Binary(required=True, attachment=False)
    file_name = fields.Char()

    def action_import(self):
        """:return dict: the draft that was made"""
        self.ensure_one()
        ruleset = self.env["bphs.elderly.ruleset"]._create_from_file(base64.b64decode(self.file))
        return {
            "type": "ir.actions.act_window",
            "res_model": ruleset._name,
            "res_id": ruleset.id,
            "views": [(False, "form")],
        }
