from odoo import models
from odoo.exceptions import UserError

from odoo.addons.bphs_base.tools.zipped import zipped


class BphsResident(models.Model):
    """What is reckoned of residents goes out as files that an auditor computes again; they name nobody."""

    _inherit = "bphs.resident"

    def _take_out(self, files, archive_name):
        """Download files about these residents, who are entered in the log with it.

        :param dict files: name -> bytes; several come in an archive of ``archive_name``
        :return: the action that downloads; the file is its maker's alone
        :raise UserError: whoever must search asks for several people's
        """
        if len(self) > 1 and self._must_search():
            raise UserError(self.env._("Whoever opens files one by one exports those of one resident at a time."))
        name, data = next(iter(files.items())) if len(files) == 1 else (archive_name, zipped(files.items()))
        self._log_access("export" if len(self) > 1 else "print", what=name)
        # sudo: whoever may read what it tells may take it out, and creates no other file
        attachment = self.env["ir.attachment"].sudo().create({"name": name, "raw": data})
        return {"type": "ir.actions.act_url", "url": f"/web/content/{attachment.id}?download=1", "target": "download"}
