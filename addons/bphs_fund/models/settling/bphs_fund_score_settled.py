from odoo import models

# What is settled by a score: clinics, and township institutions.
SETTLED = ("bphs.fund.settlement.line", "bphs.fund.allotment.line")


class BphsFundScore(models.Model):
    """A score is fixed by the settlement that stands on it, and open again while that is being taken back."""

    _inherit = "bphs.fund.score"

    def _check_not_settled(self):
        return super(BphsFundScore, self - self._taken_back())._check_not_settled()

    def _taken_back(self):
        """The scores whose every settlement is taken back, or is about to be."""
        settled, standing = set(), set()
        for model in SETTLED:
            # sudo: the question is what stands on the score, whoever may see it
            everything = self.env[model].sudo()
            lines = everything.search(
                [
                    ("posted", "=", True),
                    ("reversal_of_id", "=", False),
                    ("institution_id", "in", self.institution_id.ids),
                    ("period_id", "in", self.period_id.ids),
                ]
            )
            under_way = lines.search([("reversal_of_id", "in", lines.ids)]).reversal_of_id
            settled |= {(line.institution_id, line.period_id) for line in lines}
            standing |= {(line.institution_id, line.period_id) for line in lines - under_way if not line.reversed}
        return self.filtered(lambda score: (score.institution_id, score.period_id) in settled - standing)
