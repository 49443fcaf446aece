from odoo import Command
from odoo.tests import tagged

from .common import EvaluationCase
from .test_bulletin import word_of


@tagged("post_install", "-at_install")
class TestRecheck(EvaluationCase):
    """The bureau evaluates a share of the clinics again, and compares with what the townships gave."""

    def setUp(self):
        super().setUp()
        self.towns = self._plan(
            "township_director_a",
            self.township_a,
            self.q1,
            self.clinic_a1 | self.clinic_a2,
            ("township_public_health_a",),
        )
        self.again = self.as_user("primary_care_officer", "bphs.evaluation").create(
            {
                "name": "县级复核",
                "institution_id": self.bureau.id,
                "period_id": self.q1.id,
                "scheme_id": self.scheme.id,
                "feeds_settlement": False,
                "is_recheck": True,
                "recheck_share": 50,
            }
        )

    def _published_in_township(self):
        self.towns.action_start()
        for sheet, blank in zip(self.towns.sheet_ids.sorted("institution_id"), (0, 2), strict=True):
            self._enter(sheet, blank=blank, key="township_public_health_a")
            self.as_user("township_public_health_a", sheet).action_sign()
        self.towns.sheet_ids._write_state({"state": "confirmed"})
        self.towns.action_score()
        self.towns.sudo()._write_state({"state": "published"})
        self.towns._raise_problems()

    def test_a_share_of_each_township_is_drawn_and_drawn_again_the_same(self):
        with self.refused("no township has published a round for"):
            self.again.action_add_units()
        self._published_in_township()
        self.again.action_add_units()
        drawn = self.again.sheet_ids.institution_id
        self.assertEqual(len(drawn), 1)
        self.assertLess(drawn, self.clinic_a1 | self.clinic_a2)
        self.assertTrue(self.again.recheck_seed)
        self.again.action_add_units()
        self.assertEqual(self.again.sheet_ids.institution_id, drawn)
        self.again.recheck_share = 100
        self.again.action_add_units()
        self.assertEqual(self.again.sheet_ids.institution_id, self.clinic_a1 | self.clinic_a2)

    def _scored_again(self):
        """Both clinics once more: of the first 20 points of what the township gave were not to be seen."""
        self._published_in_township()
        self.again.recheck_share = 100
        self.again.action_add_units()
        self.again.sheet_ids.evaluator_ids = [Command.set(self.user["evaluator"].ids)]
        self.again.action_start()
        for sheet in self.again.sheet_ids:
            given = 0 if sheet.institution_id == self.clinic_a1 else 20
            self._enter(sheet, blank=0 if given == 0 else 2, given=given)
            self.as_user("evaluator", sheet).action_sign()
        self.again.sheet_ids._write_state({"state": "confirmed"})
        self.again.action_score()

    def test_it_is_compared_with_the_townships_score(self):
        self._scored_again()
        scores = {score.institution_id: score for score in self.again.score_ids}
        first, second = scores[self.clinic_a1], scores[self.clinic_a2]
        self.assertEqual((first.previous_percent, first.percent, first.change), (100, 80, -20))
        self.assertEqual(second.change, 0)
        self.assertEqual(first._compared_words(), "乡镇评价得分率 100.00%，复核低 20.00 个百分点")
        self.assertEqual(second._compared_words(), "乡镇评价得分率 96.00%，复核一致")
        self.assertTrue(self.again.action_scores()["context"]["recheck"])
        self.assertIn("复核 2 个单位，得分率相差 5 个百分点以上的 1 个", self.again.bulletin_results)
        self.assertIn(f"{self.clinic_a1.name}乡镇评 100.00%，复核 80.00%", self.again.bulletin_results)
        self.assertIn("绩效评价县级复核情况", self.again.bulletin_title)
        self.assertIn("进行了绩效评价县级复核", self.again.bulletin_opening)
        # What settles no money does not say that it does.
        self.assertNotIn("资金结算", self.again.bulletin_demands)
        # What the township registered already is not found a second time.
        lost = self.again._lost_to_register()
        self.assertEqual([(line.institution_id, line.item_id.code) for line in lost], [(self.clinic_a1, "A4")])
        self.assertFalse(self.again.previous_id)

    def test_published_it_settles_nothing_and_registers_what_is_new(self):
        self._scored_again()
        self.again.action_approval_submit()
        told = self.as_user("deputy_leader", self.again.approval_request_id)
        self.assertIn(f"80.00 {self.clinic_a1.name}", told.figures_text)
        self.assertIn(f"{self.clinic_a1.name} -20.00", told.figures_text)
        for key in ("deputy_leader", "leader"):
            self.as_user(key, self.again).action_approval_approve()
        self.assertEqual(self.again.state, "published")
        self.assertFalse(self.env["bphs.fund.score"].search([("period_id", "=", self.q1.id)]))
        found = self.again.problem_ids.line_ids
        self.assertEqual([(line.institution_id, line.problem_id.indicator) for line in found], [(self.clinic_a1, "A4")])
        __, letter = self._sheet(self.clinic_a1, self.again)._print_file("E9B", "docx")
        words = word_of(letter)
        for told in (
            "绩效评价县级复核结果的函",
            "乡镇评价得分率 100.00%，复核低 20.00 个百分点",
            "绩效评价县级复核结果反馈函已收到",
        ):
            self.assertIn(told, words)
        self.assertNotIn("上一轮", words)

    def test_nobody_picks_the_clinics_by_hand(self):
        self._published_in_township()
        self.again.action_add_units()
        evaluators = [Command.set(self.user["evaluator"].ids)]
        drawn = self.again.sheet_ids.institution_id
        other = (self.clinic_a1 | self.clinic_a2) - drawn
        # Put in beside the lot; instead of it; and chosen first, before the round became a re-check.
        self.again.write({"sheet_ids": [Command.create({"institution_id": other.id})]})
        self.again.sheet_ids.evaluator_ids = evaluators
        with self.refused("the lot says which clinics are re-checked"):
            self.again.action_start()
        self.again.sheet_ids.filtered(lambda sheet: sheet.institution_id == drawn).unlink()
        with self.refused("the lot says which clinics are re-checked"):
            self.again.action_start()
        self.again.is_recheck = False
        self.again.is_recheck = True
        with self.refused("the lot says which clinics are re-checked"):
            self.again.action_start()
        self.again.action_add_units()
        self.assertEqual(self.again.sheet_ids.institution_id, drawn)
        self.again.sheet_ids.evaluator_ids = evaluators
        self.again.action_start()
        self.assertEqual(self.again.state, "in_progress")

    def test_it_is_the_bureaus_and_settles_no_money(self):
        with self.refused("A re-check settles no money"):
            self.again.feeds_settlement = True
        with self.refused("A share lies above 0"):
            self.again.recheck_share = 0
        with self.refused("The bureau re-checks, not a township"):
            self.towns.write({"feeds_settlement": False, "is_recheck": True})
