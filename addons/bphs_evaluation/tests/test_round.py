import json

from odoo.tests import tagged

from odoo.addons.bphs_base.tools.replay_reader import dump

from ..tools.replay import compute, parse
from .common import EvaluationCase


@tagged("post_install", "-at_install")
class TestRound(EvaluationCase):
    def test_all_units_the_organiser_leads_are_added(self):
        plan = self._plan("primary_care_officer", self.bureau, self.q2, self.township_a)
        plan.action_add_units()
        self.assertEqual(plan.sheet_ids.institution_id, self.township_a | self.township_b)
        with self.refused("乙镇卫生院: say who evaluates it"):
            plan.action_start()

    def test_a_round_needs_units_and_a_published_scheme(self):
        plan = self._plan("primary_care_officer", self.bureau, self.q2, self.env["bphs.institution"])
        with self.refused("add the units to evaluate"):
            plan.action_start()
        plan.scheme_id = self.scheme.copy()
        with self.refused("is not published yet"):
            plan.action_start()

    def test_a_township_evaluates_its_own_clinics_alone(self):
        with self.refused("甲镇卫生院 does not lead 乙一村卫生室"):
            self._plan("township_public_health_a", self.township_a, self.q1, self.clinic_b1)
        plan = self._plan(
            "township_public_health_a",
            self.township_a,
            self.q1,
            self.clinic_a1 | self.clinic_a2,
            ("township_public_health_a",),
        )
        self.assertEqual(plan.level, "township")
        plan.action_start()
        for clinic, doctor in ((self.clinic_a1, "village_doctor_a1"), (self.clinic_a2, "village_doctor_a2")):
            sheet = self._sheet(clinic, plan)
            self._enter(sheet, key="township_public_health_a")
            self.as_user("township_public_health_a", sheet).action_sign()
            self.as_user(doctor, sheet).action_confirm()
        plan.action_score()
        self.assertEqual(plan.score_ids.mapped("rank"), [1, 1])
        self.assertNotIn(plan, self.as_user("township_director_b", "bphs.evaluation").search([]))
        plan.action_approval_submit()
        self.as_user("township_director_a", plan).action_approval_approve()
        self.as_user("primary_care_officer", plan).action_approval_approve()
        self.assertEqual(plan.state, "published")
        scores = self.env["bphs.fund.score"].search([("period_id", "=", self.q1.id)])
        self.assertEqual(scores.mapped("score"), [100, 100])

    def test_the_bureaus_round_is_not_a_townships_to_run(self):
        with self.denied("this record is not yours to change"):
            self.as_user("township_director_a", self.round).action_start()

    def test_no_sheet_slips_into_the_round_of_another(self):
        plan = self._plan("township_public_health_a", self.township_a, self.q1, self.clinic_a1)
        with self.refused("is set by the steps of the document"):
            plan.sheet_ids.evaluation_id = self.round
        with self.denied("not within your scope"):
            self.as_user("township_director_a", "bphs.evaluation.sheet").create(
                {"evaluation_id": self.round.id, "institution_id": self.clinic_a1.id}
            )

    def test_both_sides_sign_before_it_is_scored(self):
        self.round.action_start()
        with self.refused('its sheet is "Entering"; both sides sign before the round is scored'):
            self.round.action_score()
        self._signed(self._sheet(self.township_a))
        other = self._sheet(self.township_b)
        self._enter(other)
        line = self._line(self.as_user("evaluator", other), "A3")
        line.write({"status": "not_assessable", "reason": "无此业务"})
        self.as_user("evaluator", other).action_sign()
        self.as_user("township_director_b", other).action_confirm()
        with self.refused("a second person has to accept why it cannot be assessed"):
            self.round.action_score()
        self.as_user("primary_care_officer", line).action_accept_reason()
        self.round.action_score()
        score = self._score_of(self.township_b)
        self.assertEqual((score.assessable, score.scored, score.final), (90, 90, 100))

    def test_scores_and_ranks_are_those_of_the_rules(self):
        self._scored()
        first, second = self._score_of(self.township_a), self._score_of(self.township_b)
        self.assertEqual((first.final, first.percent, first.group_name, first.rank), (96, 96, "优秀", 1))
        self.assertEqual((second.final, second.group_name, second.rank), (60, "合格", 2))
        self.assertEqual(first.final_exact, "96")
        document = json.loads(self.round._document_text())
        self.assertEqual(dump(compute(parse(document))), dump(self.round._result_document()))
        self.assertEqual(self.round.action_replay_check()["params"]["type"], "success")
        url = self.round.action_replay_export()["url"]
        file = self.env["ir.attachment"].browse(int(url.split("/")[-1].split("?")[0]))
        self.assertEqual(json.loads(file.raw), document)
        self.assertFalse(file.with_user(self.user["leader"])._filtered_access("read"), "it is its maker's alone")

    def test_it_is_opened_again_with_a_reason_until_it_is_handed_in(self):
        self._scored()
        with self.refused("Say why"):
            self.round.action_reopen("")
        self.round.action_reopen("甲镇漏扣一项")
        self.assertEqual(self.round.state, "in_progress")
        self.assertFalse(self.round.score_ids)
        self.round.action_score()
        self.round.action_approval_submit()
        with self.refused("is under approval or approved"):
            self.round.action_reopen("又漏一项")

    def test_the_bulletin_is_edited_until_it_is_handed_in(self):
        self._scored()
        self.assertIn("2 个单位得出总分", self.round.bulletin_results)
        self.assertIn("最高 96 分（甲镇卫生院）", self.round.bulletin_results)
        self.assertIn("A1：1 个单位失分，共 20 分", self.round.bulletin_problems)
        self.round.bulletin_demands = "限期整改。"
        self.round.action_approval_submit()
        with self.refused("is under approval or approved"):
            self.round.bulletin_demands = "另一要求。"

    def test_nobody_who_ran_it_approves_it(self):
        self._scored()
        self.round.action_approval_submit()
        with self.denied("someone else approves it"):
            self.as_user("primary_care_officer", self.round).action_approval_approve()

    def test_published_it_never_changes(self):
        self._published()
        self.assertEqual((self.round.state, self.round.approval_state), ("published", "approved"))
        with self.refused("is fixed"):
            self.round.name = "另一名称"
        with self.refused('"Demands" is fixed'):
            self.round.bulletin_demands = "x"
        with self.refused("this step does not apply to it"):
            self.round.action_reopen("x")
        line = self._sheet(self.township_a).line_ids[0]
        with self.refused("this step does not apply to it"):
            self.as_user("evaluator", line).numerator = 1

    def test_a_unit_sees_its_score_when_it_is_published(self):
        self._scored()
        scores = self.as_user("township_director_a", "bphs.evaluation.score")
        self.assertFalse(scores.search([]))
        self.round.action_approval_submit()
        for key in ("deputy_leader", "leader"):
            self.as_user(key, self.round).action_approval_approve()
        self.assertEqual(scores.search([]), self._score_of(self.township_a))

    def test_the_next_round_is_compared_with_this_one(self):
        self._published()
        self.round = self._plan("primary_care_officer", self.bureau, self.q2, self.township_a | self.township_b)
        self.assertEqual(self.round.previous_id.period_id, self.q1)
        self.round.action_start()
        self._signed(self._sheet(self.township_a), blank=3)
        self._signed(self._sheet(self.township_b), rate=(60, 100))
        self.round.action_score()
        first, second = self._score_of(self.township_a), self._score_of(self.township_b)
        self.assertEqual((first.previous_percent, first.percent, first.change), (96, 94, -2))
        self.assertEqual((second.previous_rank, second.rank, second.change), (2, 2, 30))
        self.assertIn("得分率上升 1 个，下降 1 个，持平 0 个", self.round.bulletin_results)
