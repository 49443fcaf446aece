from odoo import api, models

from odoo.addons.bphs_evaluation.tools.taken import TakenRate

from .bphs_evaluation_item import CODES


class BphsEvaluationLine(models.Model):
    """Awareness and satisfaction of a unit, as the closed survey of its period counted them."""

    _inherit = "bphs.evaluation.line"

    @api.model
    def _rates_from(self, codes, institutions, period):
        found = super()._rates_from(codes, institutions, period)
        asked = set(codes) & set(CODES)
        if not asked:
            return found
        # sudo: a round takes the whole figure of its unit, whoever begins it; no person is in it
        rows = self.env["bphs.survey.unit"].sudo()
        for row in rows.search(
            [
                ("unit_id", "in", institutions.ids),
                ("period_id", "=", period.id),
                ("survey_id.state", "=", "closed"),
            ],
            order="id",
        ):
            # Of a few it could be guessed who said what: it stays to be entered.
            if not row._is_told():
                continue
            for code in asked:
                counted = row._counted(CODES[code])
                found[code, row.unit_id.id] = TakenRate(
                    counted.yes,
                    counted.valid,
                    self.env._(
                        "Survey %(name)s, closed on %(day)s",
                        name=row.survey_id.name,
                        day=row.survey_id.closed_on,
                    ),
                )
        return found
