from odoo import models


class BphsWorkload(models.Model):
    """A statement that changes hands is told to those it concerns."""

    _name = "bphs.workload"
    _inherit = ["bphs.workload", "bphs.waiting.mixin"]
