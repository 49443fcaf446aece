from odoo import api, models


class BphsOpenPartMixin(models.AbstractModel):
    """A line of a document with steps: it is made, changed and deleted only while the document may be written."""

    _name = "bphs.open.part.mixin"
    _description = "Part of an Open Document"

    @api.model_create_multi
    def create(self, vals_list):
        parts = super().create(vals_list)
        parts._check_open()
        return parts

    def write(self, vals):
        self._check_open()
        result = super().write(vals)
        self._check_open()  # where it stands now, too
        return result

    # Whatever the context says: a client can set the flag that skips checks meant for uninstalling.
    @api.ondelete(at_uninstall=True)
    def _unlink_except_closed(self):
        self._check_open()

    def _check_open(self):
        """:raise UserError: the document is in a state in which this part of it stays"""
        raise NotImplementedError
