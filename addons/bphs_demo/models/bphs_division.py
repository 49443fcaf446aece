from odoo import fields, models


class BphsDivision(models.Model):
    _inherit = "bphs.division"

    is_demo = fields.Boolean(string="Demo Data", readonly=True, help="Code or name are invented for the demo county.")
