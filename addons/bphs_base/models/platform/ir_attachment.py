from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError

# Stands where a file that belongs to a record names its model: without an id it is its maker's alone.
DOWNLOAD = "bphs.download"
# Whoever made one has it by then; what it tells they may no longer read tomorrow.
KEEP_HOURS = 1


class IrAttachment(models.Model):
    """The file of a binary field lies in an attachment, which a client may address by itself.

    It is written through its record alone, where the rules of that record decide; Odoo's own writing of the field runs
    with `su`, and no client can ask for that.
    """

    _inherit = "ir.attachment"

    @api.model_create_multi
    def create(self, vals_list):
        files = super().create(vals_list)
        # After creation, because the context may carry defaults.
        files._check_no_field_file()
        return files

    def write(self, vals):
        self._check_no_field_file()
        result = super().write(vals)
        if {"res_model", "res_field"} & set(vals):
            self._check_no_field_file()
        return result

    # Whatever the context says: a client can set the flag that skips checks meant for uninstalling.
    @api.ondelete(at_uninstall=True)
    def _unlink_except_field_file(self):
        self._check_no_field_file()

    @api.model
    def _for_download(self, name, raw):
        """Make a file to be downloaded now: its maker's alone, and gone soon after.

        :param bytes raw: what it holds
        :return dict: the action that downloads it
        """
        # sudo: whoever may read what it tells may take it out, and creates no other file
        file = self.sudo().create({"name": name, "raw": raw, "res_model": DOWNLOAD})
        return {"type": "ir.actions.act_url", "url": f"/web/content/{file.id}?download=1", "target": "download"}

    @api.autovacuum
    def _gc_downloads(self):
        before = fields.Datetime.now() - timedelta(hours=KEEP_HOURS)
        # sudo: they are nobody's to keep
        self.sudo().search([("res_model", "=", DOWNLOAD), ("create_date", "<", before)]).unlink()

    def _check_no_field_file(self):
        """:raise AccessError: one of these holds a binary field of a record of the suite"""
        if self.env.su:
            return
        # sudo: what a file belongs to counts, whoever may read it
        for file in self.sudo():
            if file.res_field and (file.res_model or "").startswith("bphs."):
                raise AccessError(
                    self.env._("%(file)s is changed on its record, not as a file by itself.", file=file.name)
                )
