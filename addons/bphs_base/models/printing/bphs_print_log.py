import hashlib

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

    def _record(self, document, code, file_name, content, *, rows, holds_accounts=False):
        """Write that this user took a form out.

        :param document: the one record it is of
        :param content: the file as it leaves, or the SHA-256 of one too large to hold
        :param int rows: lines it holds
        :return str: its SHA-256
        """
        digest = content if isinstance(content, str) else hashlib.sha256(content).hexdigest()
        # sudo: nobody has the right to write the log; everyone who takes a file out is in it
        self.sudo().create(
            {
                "user_id": self.env.uid,
                "date": fields.Datetime.now(),
                "code": code,
                "file_name": file_name,
                "res_model": document._name,
                "res_id": document.id,
                "row_count": rows,
                "holds_accounts": holds_accounts,
                "sha256": digest,
            }
        )
        return digest
