from datetime import date, timedelta
from unittest.mock import patch

from odoo.tests import tagged

from .common import GradingCase


@tagged("post_install", "-at_install")
class TestTriggers(GradingCase):
    """Whatever changes a grade grades at once, or at night: the touched, and nobody else."""

    day = date(2026, 3, 1)

    def setUp(self):
        super().setUp()
        type(self).day = date(2026, 3, 1)
        self.man = self.make("赵大年", self.village_a1, "19550601", 11)
        self.neighbour = self.make("钱大妈", self.village_a1, "19550601", 12)
        grader = type(self.env["bphs.elderly.grader"])
        grade, graded = grader._grade, []
        self.startPatcher(
            patch.object(grader, "_grade", lambda own, ids, *more: graded.append(set(ids)) or grade(own, ids, *more))
        )
        self.graded = graded

    def touched(self, *colour):
        """Exactly the man was graded since the last time, and stands (and is graded) so."""
        self.assertEqual(set().union(*self.graded), {self.man.id})
        self.graded.clear()
        standing = self.standing(self.man)
        self.assertEqual((standing.colour, standing.grade)[: len(colour)], colour)

    def night_touches(self, man, *colour):
        """Whether a night grades the man, who stands so after it; a neighbour of the same age it never does."""
        self.graded.clear()
        self.env["bphs.elderly.grader"]._grade_institution(self.man.institution_id.id)
        touched = set().union(*self.graded) & {self.man.id, self.neighbour.id}
        self.assertEqual(touched, {self.man.id} if man else set())
        standing = self.standing(self.man)
        self.assertEqual((standing.colour, standing.grade)[: len(colour)], colour)

    def assess(self, key="village_doctor_a1"):
        items = {f"item_{number}": "0" for number in range(1, 6)}
        self.visit(key, self.man, "elder_exam", done_on=self.day)
        self.visit(key, self.man, "self_care", done_on=self.day, answers=items)
        self.graded.clear()

    def test_exam_and_self_care_form(self):
        self.graded.clear()
        self.visit("village_doctor_a1", self.man, "elder_exam", done_on=self.day)
        self.touched("unrated")
        worth = {"item_1": "0", "item_2": "3", "item_3": "0", "item_4": "1", "item_5": "0"}
        self.visit("village_doctor_a1", self.man, "self_care", done_on=self.day, answers=worth)
        self.touched("yellow")

    def test_visit(self):
        self.assess()
        visit = self.visit("village_doctor_a1", self.man, "elder_follow", systolic=186, diastolic=80)
        self.touched("red")
        visit.action_void("量错了")
        self.touched("green")

    def test_event_and_social_fact(self):
        self.assess()
        vals = {"resident_id": self.man.id, "kind": "no_carer"}
        self.as_user("team_leader_a", "bphs.social.fact").create(vals)
        self.touched("yellow")
        self.as_user("team_leader_a", "bphs.acute.event").create({**vals, "kind": "hip_fracture"})
        self.touched("red")

    def test_condition_and_decision(self):
        self.assess()
        condition = self.as_user("team_leader_a", "bphs.condition").create({"resident_id": self.man.id, "kind": "chd"})
        self.touched("yellow")
        condition.date_to = self.day
        self.touched("yellow")
        vals = {"resident_id": self.man.id, "colour": "red", "reason": "近期多次跌倒", "date_to": date(2026, 5, 1)}
        decision = self.as_user("team_leader_a", "bphs.elderly.decision").create(vals)
        decision.action_propose()
        self.assertFalse(self.graded, "what one proposes changes nothing")
        self.as_user("township_public_health_a", decision).action_confirm()
        self.touched("red")

    def test_finding_closed(self):
        self.assess()
        finding = self.finding()
        self.touched("red")
        self.on(2026, 3, 9)
        finding.write({"handling": "treated"})
        self.graded.clear()
        finding.action_close()
        self.touched("red", "green")

    def test_referral_answered_and_closed(self):
        self.assess()
        finding = self.finding()
        self.graded.clear()
        referral = self.env["bphs.referral"].create(
            {"resident_id": self.man.id, "finding_id": finding.id, "reason": "血红蛋白低", "to_words": "市人民医院"}
        )
        referral.action_send()
        self.assertFalse(self.graded, "whoever is on the way is as ill as before")
        self.on(2026, 3, 9)
        referral.answer = "已输血，复查正常"
        referral.action_answer()
        self.touched("red", "green")
        referral.action_come_back()
        self.touched("red", "green")
        document = self.env["bphs.elderly.grader"]._replay_document(self.man.ids, self.day, self.ruleset)
        (person,) = document["people"]
        self.assertIn(("finding", "2026-03-08"), [(row["fact"], row["to"]) for row in person["ranges"]])

    def test_what_is_answered_on_the_day_it_was_found_never_counted(self):
        self.assess()
        finding = self.finding()
        referral = self.env["bphs.referral"].create(
            {"resident_id": self.man.id, "finding_id": finding.id, "reason": "血红蛋白低", "to_words": "市人民医院"}
        )
        referral.action_send()
        referral.answer = "当日复查正常"
        referral.action_answer()
        self.assertEqual(self.standing(self.man).grade, "green")

    def finding(self):
        vals = {"resident_id": self.man.id, "severity": "critical", "name": "血红蛋白低", "found_on": self.day}
        return self.as_user("team_leader_a", "bphs.finding").create(vals)

    def test_birthday_at_night(self):
        self.man = self.make("孙寿星", self.village_a1, "19460320", 13)
        self.assess()
        self.on(2026, 3, 19)
        self.night_touches(False, "green")
        self.on(2026, 3, 20)
        self.night_touches(True, "yellow")

    def test_birthday_at_night_of_who_was_born_on_29_february(self):
        """In common years it is 1 March: graded the night before already, they are graded on the day all the same."""
        self.on(2030, 2, 20)
        self.man = self.make("孙闰年", self.village_a1, "19400229", 13)
        self.assess()
        self.on(2030, 2, 28)
        self.env["bphs.elderly.grader"]._grade((self.man | self.neighbour).ids)
        self.assertEqual(self.standing(self.man).colour, "yellow", "89 years until 28 February")
        self.on(2030, 3, 1)
        self.night_touches(True, "red")

    def test_window_passed_at_night(self):
        self.assess()
        self.visit("village_doctor_a1", self.man, "elder_follow", systolic=152, diastolic=80)
        self.touched("yellow")
        # Whoever was not graded for half a year is graded whatever happened.
        self.on(2026, 7, 1)
        self.env["bphs.elderly.grader"]._grade((self.man | self.neighbour).ids)
        self.on(2026, 8, 31)
        self.night_touches(False, "yellow", "yellow")
        self.on(2026, 9, 1)
        self.night_touches(True, "yellow", "green")

    def test_assessment_that_runs_out_at_night(self):
        self.assess()
        self.on(2026, 12, 1)
        self.env["bphs.elderly.grader"]._grade((self.man | self.neighbour).ids)
        self.on(2027, 2, 28)
        self.night_touches(False, "green")
        self.on(2027, 3, 1)
        self.night_touches(True, "unrated")
        self.assertEqual(self.standing(self.man).since, self.day)

    def test_decision_that_ends_at_night(self):
        self.assess()
        vals = {"colour": "red", "reason": "出院后观察", "date_from": self.day, "date_to": self.day + timedelta(10)}
        decision = self.env["bphs.elderly.decision"]._create_past_steps(
            [{"resident_id": self.man.id, "state": "confirmed", **vals}]
        )
        decision._follow()
        self.touched("red")
        self.on(2026, 3, 11)
        self.night_touches(False, "red", "red")
        self.on(2026, 3, 12)
        self.night_touches(True, "red", "green")

    def test_merging_two_files_of_one_elder_and_taking_it_back(self):
        """What stood of the closed file is its history, and stands anew where it was no such file."""
        self.assess()
        twin = self.make("赵大年", self.village_a1, "19550601", 13)
        self.env.flush_all()
        stood = self.standing(self.man).colour
        merge = self.as_user("township_public_health_a", self.man)._merge_into(
            self.as_user("township_public_health_a", twin), "同一人建了两份档案"
        )
        self.assertFalse(self.standing(self.man))
        self.assertEqual(self.standing(twin).colour, stood, "with the exam that came along")
        history = self.env["bphs.elderly.grading"].search([("resident_id", "=", self.man.id)])
        self.assertTrue(history)
        self.assertTrue(all(row.date_to for row in history))
        merge.with_user(self.user["township_public_health_a"]).action_undo("弄错了，不是同一人")
        self.assertEqual(self.standing(self.man).colour, stood)
        self.assertEqual(self.standing(twin).colour, "unrated")
