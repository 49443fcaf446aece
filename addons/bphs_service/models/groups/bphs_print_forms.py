from odoo import api, models

from ...reports.registry import FORMS


class BphsPrintMixin(models.AbstractModel):
    _inherit = "bphs.print.mixin"

    @api.model
    def _printed_forms(self):
        return super()._printed_forms() | FORMS


class BphsGroupService(models.Model):
    _name = "bphs.group.service"
    _inherit = ["bphs.group.service", "bphs.print.mixin"]


class BphsPatrol(models.Model):
    _name = "bphs.patrol"
    _inherit = ["bphs.patrol", "bphs.print.mixin"]
