from odoo import fields, models


class BphsVisit(models.Model):
    """What a record made of its elder, told where it was written."""

    _inherit = "bphs.visit"

    # Not as the system: of an elder with facts for named persons each is told their own.
    elder_colour = fields.Selection(related="resident_id.elder_colour", related_sudo=False)
    elder_colour_words = fields.Char(related="resident_id.elder_colour_words", related_sudo=False)
    elder_action_words = fields.Text(related="resident_id.elder_action_words", related_sudo=False)
