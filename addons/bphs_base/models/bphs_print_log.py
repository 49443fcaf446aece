from odoo import fields, models


class BphsPrintLog(models.Model):
    """Who took which form out of the system, when, and its hash. Written once."""

    _name = "bphs.print.log"
    _description = "Printed or Exported Form"
    _inherit = ["bphs.append.only.mixin"]
    _order = "id desc"
    _rec_name = "file_name"

    user_id = fields.Many2one("res.users", required=True, ondelete="restrict")
    date = fields.Datetime(required=True)
    code = fields.Char(string="Form", required=True)
    file_name = fields.Char(required=True)
    res_model = fields.Char(required=True)
    res_id = fields.Many2oneReference(string="Document", model_field="res_model", required=True)
    row_count = fields.Integer(string="Rows")
    holds_accounts = fields.Boolean(string="Holds Account Numbers")
    sha256 = fields.Char(string="SHA-256", required=True)
