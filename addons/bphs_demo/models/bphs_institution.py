from odoo import fields, models


class BphsInstitution(models.Model):
    _inherit = "bphs.institution"

    is_demo = fields.Boolean(
        string="Demo Data",
        readonly=True,
        help="Code, people and accounts are invented for the demo county.",
    )
