from odoo import api, models

from odoo.addons.bphs_evaluation.tools.taken import TakenRate

from ...tools.judging import is_small
from ...tools.periods import last_counted_month


class BphsEvaluationLine(models.Model):
    """Rates of a round that indicators have counted already: of its unit, for its period."""

    _inherit = "bphs.evaluation.line"

    @api.model
    def _rates_from(self, codes, institutions, period):
        found = super()._rates_from(codes, institutions, period)
        # sudo: a round takes the figure of its unit, whoever begins it; no person is in it
        values = self.env["bphs.indicator.value"].sudo()
        indicators = self.env["bphs.indicator"].sudo()  # sudo: as above
        for indicator in indicators.search([("code", "in", list(codes)), ("state", "=", "published")]):
            month = last_counted_month(indicator.period_kind, period.date_end, period.kind == "year")
            for value in values.search(
                [
                    ("code", "=", indicator.code),
                    ("institution_id", "in", institutions.ids),
                    ("month", "=", month),
                ]
            ):
                # Beside the figure that everybody is told, one with the files for named persons would tell of them.
                counted = value._counted(whole=indicator.named)
                # Of few people with an illness that only named persons know of, a rate would tell.
                if not counted.denominator or (indicator.named and is_small(counted, True)):
                    continue
                found[indicator.code, value.institution_id.id] = TakenRate(
                    counted.numerator,
                    counted.denominator,
                    self.env._(
                        "Indicator %(name)s, version %(version)s, as of %(day)s",
                        name=indicator.name,
                        version=value.indicator_id.version,
                        day=value.date_to,
                    ),
                )
        return found
