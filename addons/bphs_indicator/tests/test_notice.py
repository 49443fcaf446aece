import csv
from pathlib import Path

from odoo.tests import tagged

from .common import IndicatorCase

FILE = Path(__file__).parent / "data" / "notice_shangdang.csv"
VERDICTS = {"agrees", "cut_off", "no_parts", "no_denominator", "contradicted", "not_printed"}


@tagged("post_install", "-at_install")
class TestNotice(IndicatorCase):
    """Every figure of 长上卫字〔2026〕2号, from the parts it states, as the shipped indicators print it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        with FILE.open(encoding="utf-8") as file:
            cls.figures = list(csv.DictReader(file))

    def told(self, row, over):
        """The value of an indicator that has these parts, kept as a night's count is."""
        indicator = self.indicator(row["code"])
        self.assertTrue(indicator, row["code"])
        parts = (int(row["numerator"]), int(over or 0))
        values = {
            **self.Value._head(indicator, self.bureau, self.month, self.today),
            **dict.fromkeys(("numerator", "numerator_whole"), parts[0]),
            **dict.fromkeys(("denominator", "denominator_whole"), parts[1]),
            "has_denominator": indicator.shape == "rate",
            "base": "",
        }
        self.Value._judge_rows([values])
        self.Value._keep([values])
        return self.value(row["code"], self.bureau)

    def test_each_is_printed_as_the_notice_prints_it(self):
        for row in self.figures:
            if not row["numerator"] or row["least"]:
                continue
            self.assertEqual(self.told(row, row["denominator"]).shown, row["printed"], row["figure"])

    def test_a_denominator_that_is_not_stated_lies_between_two(self):
        for row in self.figures:
            if not row["least"]:
                continue
            for over, agrees in (
                (int(row["least"]), True),
                (int(row["most"]), True),
                (int(row["least"]) - 1, False),
                (int(row["most"]) + 1, False),
            ):
                self.assertEqual(self.told(row, over).shown == row["printed"], agrees, (row["figure"], over))

    def test_what_does_not_agree_is_told_as_such(self):
        self.assertLessEqual({row["verdict"] for row in self.figures}, VERDICTS)
        by_verdict = {}
        for row in self.figures:
            by_verdict.setdefault(row["verdict"], set()).add(row["code"])
        # These two agree by cutting off alone: rounded they would print one hundredth more.
        self.assertEqual(by_verdict["cut_off"], {"CHILD_MANAGED", "MOTHER_SYSTEM"})
        for row in self.figures:
            if row["verdict"] == "cut_off":
                counted = self.told(row, row["denominator"])._counted()
                self.assertNotEqual(counted.shown(2, "half_up"), row["printed"])
        self.assertEqual(by_verdict["no_parts"], {"CHILD_EYE"})
        # The stated births give 5,337 children under three, of whom 6,880 cannot have been served.
        self.assertEqual(by_verdict["contradicted"], {"TCM_CHILD"})
        self.assertTrue(self.told({"code": "TCM_CHILD", "numerator": 6880}, 3 * 1779).above_whole)
        # Over the people who are signed for, the files up to standard would be more than everybody.
        self.assertTrue(self.told({"code": "EHR_STANDARD_FILES", "numerator": 292216}, 271000).above_whole)
