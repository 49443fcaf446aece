from unittest.mock import patch

from odoo.tests import tagged

from odoo.addons.bphs_evaluation.tests.common import EvaluationCase

from ..hooks import SHIPPED, post_init_hook
from .common import IndicatorCase


@tagged("post_install", "-at_install")
class TestEvaluation(EvaluationCase, IndicatorCase):
    """An item of a scheme takes its rate from an indicator, of its unit and its period."""

    @classmethod
    def _publish(cls, scheme=None):
        item = (scheme or cls.scheme).item_ids.filtered(lambda one: one.code == "A1")
        item.rate_code = "ELDER_MANAGED"
        super()._publish(scheme)

    def setUp(self):
        super().setUp()
        march = self.q1.date_end.replace(day=1)
        for place, parts in ((self.township_a, (43, 50)), (self.township_b, (0, 0))):
            row = {
                **self.Value._head(self.indicator("ELDER_MANAGED"), place, march, self.q1.date_end),
                # Beside them one who is for named persons.
                **{"numerator": parts[0], "numerator_whole": parts[0] + 1},
                **{"denominator": parts[1], "denominator_whole": parts[1] + 1},
                "has_denominator": True,
                "base": "",
            }
            self.Value._judge_rows([row])
            self.Value._keep([row])

    def test_the_rate_is_there_when_the_round_begins(self):
        self.round.action_start()
        line = self._line(self._sheet(self.township_a), "A1")
        self.assertEqual((line.numerator, line.denominator, line.status), (43, 50, "entered"))
        self.assertIn("老年人健康管理率", line.note)
        self.assertIn("2025-03-31", line.note)
        # 86 % of 80 % asked: all points.
        self.assertEqual(line.score, 40)
        # Nothing of nothing stays to be entered.
        self.assertFalse(self._line(self._sheet(self.township_b), "A1").status)

    def test_evaluators_take_it_over_again(self):
        self.round.action_start()
        sheet = self._sheet(self.township_a)
        self._line(self.as_user("evaluator", sheet), "A1").write({"numerator": 1, "denominator": 2})
        self.as_user("evaluator", sheet).action_take_rates()
        self.assertEqual(self._line(sheet, "A1").numerator, 43)
        with self.denied("by the evaluators of the sheet"):
            self.as_user("primary_care_officer", sheet).action_take_rates()

    def test_shipped_drafts_take_their_online_rates_from_indicators(self):
        for code, items in SHIPPED.items():
            shipped = self.env["bphs.evaluation.scheme"].search([("code", "=", code)], limit=1)
            draft = shipped.copy()
            found = draft.item_ids.filtered(lambda item, items=items: item.code in items)
            self.assertEqual(set(found.mapped("code")), set(items))
            found.rate_code = False
            found[0].rate_code = "HTN_STANDARD_ANY"
            with patch.dict(SHIPPED, {draft.code: items}, clear=True):
                post_init_hook(self.env)
            told = {item.code: item.rate_code for item in found}
            own = {found[0].code: "HTN_STANDARD_ANY"}
            self.assertEqual(told, {**items, **own}, "what a county named itself stays")

    def test_an_item_names_an_indicator_that_is_a_rate(self):
        item = self.scheme.copy().item_ids[:1]
        for code in ("NOBODY", "HTN_COUNT"):
            with self.refused("nothing that is counted has this code"):
                item.rate_code = code

    def test_of_few_with_an_illness_no_rate_is_given(self):
        indicator = self.indicator("SMI_MANAGED")
        march = self.q1.date_end.replace(day=1)
        for over, given in ((4, False), (40, True)):
            row = {
                **self.Value._head(indicator, self.township_a, march, self.q1.date_end),
                "numerator": 0,
                "denominator": 0,
                "numerator_whole": over,
                "denominator_whole": over,
                "has_denominator": True,
                "base": "",
            }
            self.Value._judge_rows([row])
            self.Value._keep([row])
            rates = self.env["bphs.evaluation.line"]._rates_from({"SMI_MANAGED"}, self.township_a, self.q1)
            self.assertEqual(("SMI_MANAGED", self.township_a.id) in rates, given)

    def test_a_bulletin_begins_with_the_figures_of_the_organiser(self):
        self.assertFalse(self.round._told_figures())
        march = self.q1.date_end.replace(day=1)
        rows = []
        # With the files for named persons there are some more; told is what everybody reads.
        for code, parts, more in (("ELDER_MANAGED", (1673, 1779), 7), ("HTN_STANDARD", (3, 900), 0)):
            rows.append(
                {
                    **self.Value._head(self.indicator(code), self.bureau, march, self.q1.date_end),
                    "numerator": parts[0],
                    "denominator": parts[1],
                    "numerator_whole": parts[0] + more,
                    "denominator_whole": parts[1] + more,
                    "has_denominator": True,
                    "base": "",
                }
            )
        self.Value._judge_rows(rows)
        self.Value._keep(rows)
        # Three people would be told of by a figure.
        self.assertEqual(self.round._told_figures(), ["老年人健康管理率94.04%（1673/1779）"])
        self.round.action_start()
        self._signed(self._sheet(self.township_a))
        self._signed(self._sheet(self.township_b))
        self.round.action_score()
        self.assertIn("老年人健康管理率94.04%（1673/1779）", self.round.bulletin_figures)
        # What a sheet took over from there is told once.
        self.assertNotIn("A1", self.round.bulletin_figures)
