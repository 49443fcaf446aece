from odoo import models


class BphsResidentExport(models.Model):
    """A list asked for is told to those who decide on it, a decision to whoever asked."""

    _name = "bphs.resident.export"
    _inherit = ["bphs.resident.export", "bphs.waiting.mixin"]
