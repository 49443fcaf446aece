from odoo import api, models
from odoo.exceptions import AccessError

from ..schemes.bphs_evaluation_item import RATES


class BphsEvaluationLine(models.Model):
    """Rates that are counted elsewhere are taken over, not typed a second time."""

    _inherit = "bphs.evaluation.line"

    @api.model
    def _rates_from(self, codes, institutions, period):
        """Rates of a period that other modules count. Modules add theirs to ``super()``'s.

        :param codes: what items name as where their rate comes from
        :return: dict of (code, institution id) -> :class:`~odoo.addons.bphs_evaluation.tools.taken.TakenRate`
        """
        return {}

    def _take_rates(self):
        """Fill in, for the period of the round, what items say their rates come from; what nobody counted is entered.

        :return int: how many lines were filled in
        """
        taken = 0
        wanting = self.filtered(lambda line: line.item_id.rate_code and line.method in RATES)
        for period in wanting.sheet_id.period_id:
            lines = wanting.filtered(lambda line, period=period: line.sheet_id.period_id == period)
            rates = self._rates_from(set(lines.item_id.mapped("rate_code")), lines.institution_id, period)
            for line in lines:
                rate = rates.get((line.item_id.rate_code, line.institution_id.id))
                if not rate:
                    continue
                # sudo: what was counted elsewhere is nobody's to type; whoever enters may enter another
                line.sudo().write(
                    {
                        "numerator": rate.numerator,
                        "denominator": rate.denominator,
                        "status": "entered",
                        "note": rate.words,
                        "reason": False,
                        "reason_accepted_by_id": False,
                        "entered_by_id": False,
                    }
                )
                taken += 1
        return taken


class BphsEvaluationSheet(models.Model):
    """A sheet whose rates may be taken over again while it is entered."""

    _inherit = "bphs.evaluation.sheet"

    def action_take_rates(self):
        """Take the rates and cases over that are counted elsewhere; what was entered for them is replaced.

        :raise AccessError: no evaluator of the sheet
        :raise UserError: it is not being entered
        """
        self.check_access("write")
        if not self._is_on_side("evaluator"):
            raise AccessError(self.env._("Rates are taken over by the evaluators of the sheet."))
        self._check_in_state(("in_progress",))
        self.line_ids._hold()
        self.line_ids._take_rates()
        self.line_ids._take_counts()
