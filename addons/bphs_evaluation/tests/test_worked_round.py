from odoo.tests import TransactionCase, tagged

from ..tools.replay import compute, parse


@tagged("post_install", "-at_install")
class TestWorkedRound(TransactionCase):
    """The rules as they are installed score a round."""

    def test_a_round_is_scored_and_ranked(self):
        scheme = {
            "code": "2025",
            "name": "年度",
            "total": "10.00",
            "rescale": True,
            "min_assessable": "0.6",
            "items": [{"code": "A", "points": "10.00", "method": "at_least", "target": "0.9"}],
            "red_lines": [],
            "groups": [{"name": "合格", "from": "60"}, {"name": "不合格", "from": "0"}],
        }
        units = [
            {"code": code, "results": {"A": {"numerator": done, "denominator": 90}}, "red_lines": []}
            for code, done in (("甲", 81), ("乙", 27))
        ]
        result = compute(parse({"evaluation": scheme, "units": units}))
        self.assertEqual(
            [(row["code"], row["final"], row["group"], row["rank"]) for row in result["units"]],
            [("乙", "3.33", "不合格", 2), ("甲", "10.00", "合格", 1)],
        )
