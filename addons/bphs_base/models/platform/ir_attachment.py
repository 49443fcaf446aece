from odoo import api, models
from odoo.exceptions import AccessError


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
