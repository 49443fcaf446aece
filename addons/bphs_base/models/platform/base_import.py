from odoo import api, models
from odoo.exceptions import AccessError


class BaseImport(models.TransientModel):
    """Odoo's own import reads a workbook in the worker, without bounds: whoever sets the system up uses it.

    Any internal user could give it a file of a few kilobytes that unfolds to gigabytes. The suite's imports read files
    in a process of their own.
    """

    _inherit = "base_import.import"

    @api.model_create_multi
    def create(self, vals_list):
        self._check_may_read_files()
        return super().create(vals_list)

    def write(self, vals):
        self._check_may_read_files()
        return super().write(vals)

    def _check_may_read_files(self):
        if not self.env.su and not self.env.user.has_group("base.group_system"):
            raise AccessError(
                self.env._("Files are loaded by the imports in the menus; this one is for the system administrator.")
            )
