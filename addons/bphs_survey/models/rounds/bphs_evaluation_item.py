from odoo import models

# What an item names to take its rate over from a survey, and which answers it counts.
CODES = {"SURVEY_AWARE": "aware", "SURVEY_SATISFIED": "satisfied"}


class BphsEvaluationItem(models.Model):
    """An item may take its rate from the survey of its round."""

    _inherit = "bphs.evaluation.item"

    def _known_rate_codes(self):
        return super()._known_rate_codes() | set(CODES)
