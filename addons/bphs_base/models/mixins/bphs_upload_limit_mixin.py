from odoo import api, models
from odoo.exceptions import UserError

MOST_MEGABYTES = 20
# Base64 takes four characters for three bytes.
MOST_CHARACTERS = MOST_MEGABYTES * 2**20 * 4 // 3


class BphsUploadLimitMixin(models.AbstractModel):
    """Refuses files above 20 MB in every binary field of the model, from the screen and by RPC
    alike."""

    _name = "bphs.upload.limit.mixin"
    _description = "Limited Uploads"

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._check_upload_size(vals)
        return super().create(vals_list)

    def write(self, vals):
        self._check_upload_size(vals)
        return super().write(vals)

    def _check_upload_size(self, vals):
        for name, value in vals.items():
            field = self._fields.get(name)
            if value and field and field.type == "binary" and len(value) > MOST_CHARACTERS:
                raise UserError(
                    self.env._(
                        "%(field)s: a file of more than %(size)s MB is not accepted.",
                        field=field._description_string(self.env),
                        size=MOST_MEGABYTES,
                    )
                )
