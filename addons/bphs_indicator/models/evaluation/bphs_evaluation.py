from odoo import models

from ...tools.judging import is_small
from ...tools.periods import last_counted_month


class BphsEvaluation(models.Model):
    """The bulletin of a round begins with what its organiser's indicators came to, as they are kept."""

    _inherit = "bphs.evaluation"

    def _told_figures(self):
        found = super()._told_figures()
        period = self.period_id
        # sudo: figures of institutions, for the paper that tells them; no person is in one
        indicators = self.env["bphs.indicator"].sudo()._in_force().sorted(lambda one: (one.sequence, one.id))
        months = {
            one.code: last_counted_month(one.period_kind, period.date_end, period.kind == "year") for one in indicators
        }
        kept = self.env["bphs.indicator.value"].sudo()  # sudo: as above
        values = kept.search(
            [
                ("code", "in", list(months)),
                ("institution_id", "=", self.institution_id.id),
                ("month", "in", list(set(months.values()))),
            ]
        )
        values = values.filtered(lambda value: value.month == months[value.code])
        # What a target was set for is what a bulletin tells of; a county without any tells of all.
        by_code = {value.code: value for value in values.filtered("target_operator") or values}
        for value in filter(None, map(by_code.get, indicators.mapped("code"))):
            # As a line of a sheet: beside the figure that everybody is told, one with hidden files would tell of them.
            counted = value._counted(whole=value.indicator_id.named)
            # A figure of few people tells of somebody, and one of nobody tells nothing.
            nothing = value._is_rate() and not counted.denominator
            if nothing or not counted.numerator or is_small(counted, value._is_rate()):
                continue
            parts = f"（{counted.numerator}/{counted.denominator}）" if value._is_rate() and counted.denominator else ""
            found.append(f"{value.indicator_id.name}{value._words(counted)}{parts}")
        return found
