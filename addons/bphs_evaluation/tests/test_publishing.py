from odoo.tests import tagged

from .common import EvaluationCase
from .test_sheet import PIXEL


@tagged("post_install", "-at_install")
class TestPublishing(EvaluationCase):
    """What follows from the last approval: scores of the settlement, problems of the register."""

    def test_the_settlement_takes_the_printed_per_cent(self):
        self._published()
        scores = self.env["bphs.fund.score"].search([("period_id", "=", self.q1.id)], order="institution_id")
        self.assertEqual(scores.institution_id, self.township_a | self.township_b)
        self.assertEqual(scores.mapped("score"), [96, 60])
        self.assertEqual(set(scores.mapped("source")), {"evaluation"})
        seen = self.as_user("finance_officer", scores[0])
        self.assertEqual(seen.evaluation_score_id, self._score_of(self.township_a))

    def test_a_deduction_of_finance_stays(self):
        self.env["bphs.fund.score"].create(
            {
                "institution_id": self.township_a.id,
                "period_id": self.q1.id,
                "score": 50,
                "deduction": 120.5,
                "reason": "漏报",
            }
        )
        self._published()
        score = self.env["bphs.fund.score"].search(
            [("period_id", "=", self.q1.id), ("institution_id", "=", self.township_a.id)]
        )
        self.assertEqual((score.score, score.deduction, score.reason), (96, 120.5, "漏报"))

    def test_a_round_may_settle_nothing(self):
        self.round.feeds_settlement = False
        self._published()
        self.assertFalse(self.env["bphs.fund.score"].search([("period_id", "=", self.q1.id)]))

    def test_one_round_settles_a_period(self):
        self._published()
        self.round = self._plan("primary_care_officer", self.bureau, self.q1, self.township_a | self.township_b)
        self._scored()
        with self.refused("has written the scores of this period already"):
            self.round.action_approval_submit()
        self.round.action_reopen("改为试评")

    def test_lost_points_become_problems_of_the_register(self):
        self.round.action_start()
        sheet = self._sheet(self.township_a)
        photos = self.as_user("evaluator", "bphs.evaluation.evidence")
        photos.upload(
            line_id=self._line(sheet, "A2").id, upload_key="k", name="张三的档案.png", kind="photo", attachment=PIXEL
        )
        self._line(self.as_user("evaluator", sheet), "A2").note = "两份档案血型空缺"
        self._signed(sheet, blank=2)
        self._signed(self._sheet(self.township_b), blank=1, met="no")
        self.round.action_score()
        self.round.action_approval_submit()
        for key in ("deputy_leader", "leader"):
            self.as_user(key, self.round).action_approval_approve()
        problems = self.as_user("rectification_clerk", self.round.problem_ids)
        self.assertEqual(problems.sorted("id").mapped("indicator"), ["A2", "A3"])
        shared = problems.filtered(lambda problem: problem.indicator == "A2")
        self.assertEqual(shared.line_ids.institution_id, self.township_a | self.township_b)
        self.assertEqual((shared.type_id.code, shared.source, shared.period_id), ("PJ", "evaluation", self.q1))
        place = shared.line_ids.filtered(lambda line: line.institution_id == self.township_a)
        self.assertIn("30.00 points, 26.00 earned, 4.00 lost", place.detail)
        self.assertIn("两份档案血型空缺", place.detail)
        self.assertEqual(place.evidence_ids.mapped("name"), ["A2-1.png"])
        seen = self.as_user("township_director_b", "bphs.problem.evidence").search([])
        self.assertFalse(seen, "what shows one unit is not shown to another")
        # Tasks are issued from the register as ever.
        tasks = self.as_user("rectification_clerk", "bphs.rectification")._create_from_lines(problems.line_ids)
        self.assertEqual(tasks.institution_id, self.township_a | self.township_b)

    def test_what_was_lost_before_is_recognised(self):
        before = self.env["bphs.problem"].create(
            {
                "name": "档案空项",
                "type_id": self.env.ref("bphs_evaluation.problem_type_points").id,
                "found_on": self.env["bphs.problem"]._county_today().replace(day=1, month=1),
            }
        )
        self.env["bphs.problem.line"].create({"problem_id": before.id, "institution_id": self.township_b.id})
        self._published()
        repeats = self.round.problem_ids.line_ids.filtered("is_repeat")
        self.assertEqual(repeats.institution_id, self.township_b)
        self.assertEqual(repeats.repeat_of_id, before.line_ids)
