from datetime import date, timedelta

from odoo.tests import tagged

from .common import GradingCase


@tagged("post_install", "-at_install")
class TestStanding(GradingCase):
    """One man over two years: unrated, green, yellow, red, and back by a proposal (grading rules, section 4)."""

    day = date(2026, 3, 1)

    def setUp(self):
        super().setUp()
        type(self).day = date(2026, 3, 1)
        self.man = self.make("赵大年", self.village_a1, "19550601", 11)

    def exam(self, key="village_doctor_a1", **vals):
        self.visit(key, self.man, "elder_exam", done_on=self.day, **vals)
        return self.visit(key, self.man, "self_care", done_on=self.day, answers=self.items(0))

    def items(self, *worth):
        worth = (*worth, 0, 0, 0, 0, 0)[:5]
        return {f"item_{number}": str(points) for number, points in enumerate(worth, 1)}

    def night(self):
        self.env["bphs.elderly.grader"]._grade_institution(self.man.institution_id.id)

    def test_two_years_of_one_man(self):
        self.assertEqual(self.colour(self.man), "unrated")
        self.on(2026, 4, 10)
        self.exam()
        self.assertEqual(self.colour(self.man), "green")
        self.on(2026, 6, 1)
        pressure = self.visit(
            "village_doctor_a1", self.man, "hypertension", systolic=152, diastolic=80, result="uncontrolled"
        )
        self.assertEqual(self.colour(self.man), "yellow")
        self.assertIn("未达标", self.standing(self.man).reason_words)
        self.on(2026, 7, 1)
        self.visit("village_doctor_a1", self.man, "hypertension", systolic=186, diastolic=96, result="uncontrolled")
        self.assertEqual(self.colour(self.man), "red")
        # Better: nothing changes but that the days are counted, and two good visits open a proposal.
        self.on(2026, 7, 15)
        self.visit("village_doctor_a1", self.man, "hypertension", systolic=150, diastolic=80, result="satisfied")
        self.assertEqual((self.colour(self.man), self.standing(self.man).grade), ("red", "yellow"))
        for day in ((2026, 8, 1), (2026, 8, 20)):
            self.on(*day)
            self.visit("village_doctor_a1", self.man, "hypertension", systolic=151, diastolic=80, result="satisfied")
        self.assertEqual((self.colour(self.man), self.standing(self.man).proposal), ("red", "yellow"))
        with self.denied("decided by a team leader"):
            self.as_user("village_doctor_a1", self.standing(self.man)).action_confirm()
        self.as_user("team_leader_a", self.standing(self.man)).action_confirm()
        self.assertEqual(self.colour(self.man), "yellow")
        self.assertEqual(
            self.told(self.man),
            [
                ("2026-03-01", "unrated", "first"),
                ("2026-04-10", "green", "rated"),
                ("2026-06-01", "yellow", "worse"),
                ("2026-07-01", "red", "worse"),
                ("2026-08-20", "yellow", "confirmed"),
            ],
        )
        self.assertTrue(pressure)
        # The window of the readings passes at night, and ninety days later what is better is proposed.
        self.on(2027, 2, 21)
        self.night()
        self.assertEqual((self.colour(self.man), self.standing(self.man).grade), ("yellow", "green"))
        self.on(2027, 4, 11)
        self.night()
        self.assertEqual(self.standing(self.man).grade, "unrated")
        self.assertEqual(self.colour(self.man), "yellow", "whoever is yellow stays so when the assessment runs out")

    def test_ninety_days_open_a_proposal_at_night(self):
        self.exam()
        self.visit("village_doctor_a1", self.man, "elder_follow", systolic=150, diastolic=80)
        self.assertEqual(self.colour(self.man), "yellow")
        self.on(2026, 3, 2)
        self.visit("village_doctor_a1", self.man, "elder_follow", systolic=130, diastolic=80)
        ripe = date(2026, 3, 2) + timedelta(89)
        self.assertEqual(self.standing(self.man).ripe_on, ripe)
        self.on(2026, 5, 29)
        self.night()
        self.assertFalse(self.standing(self.man).proposal)
        self.on(ripe.year, ripe.month, ripe.day)
        self.night()
        self.assertEqual(self.standing(self.man).proposal, "green")
        standing = self.as_user("team_leader_a", self.standing(self.man))
        with self.refused("Say why"):
            standing.action_refuse(" ")
        standing.action_refuse("近期家中有变故")
        self.assertFalse(standing.proposal)
        self.assertEqual(self.standing(self.man).ripe_on, ripe + timedelta(90))

    def test_nobody_alone_confirms_on_their_own_visits(self):
        self.exam("team_leader_a")
        for day, systolic, result in ((2, 152, "uncontrolled"), (5, 130, "satisfied"), (9, 130, "satisfied"),
                                      (13, 130, "satisfied")):  # fmt: skip
            self.on(2026, 3, day)
            self.visit("team_leader_a", self.man, "hypertension", systolic=systolic, diastolic=80, result=result)
        standing = self.as_user("team_leader_a", self.standing(self.man))
        self.assertEqual(standing.proposal, "green")
        self.assertFalse(standing.may_confirm)
        with self.denied("whoever alone made the visits"):
            standing.action_confirm()

    def test_what_was_voided_is_graded_again_at_once(self):
        self.exam()
        wrong = self.visit("village_doctor_a1", self.man, "elder_follow", systolic=188, diastolic=80)
        self.assertEqual(self.colour(self.man), "red")
        self.on(2026, 3, 4)
        wrong.action_void("录成了别人的")
        self.assertEqual(self.colour(self.man), "green")
        self.assertEqual(self.told(self.man)[-1], ("2026-03-04", "green", "voided"))

    def test_what_was_put_right_is_as_if_voided_and_what_is_still_so_stands(self):
        self.exam()
        wrong = self.visit("village_doctor_a1", self.man, "elder_follow", systolic=188, diastolic=80)
        wrong.action_reopen("录入有误")
        self.assertEqual(self.colour(self.man), "red", "opened alone, nobody knows yet")
        wrong.systolic = 138
        wrong.action_complete()
        self.assertEqual(self.colour(self.man), "green")
        again = self.visit("village_doctor_a1", self.man, "elder_follow", systolic=188, diastolic=80)
        again.action_reopen("补充备注")
        again.action_complete()
        self.assertEqual(self.colour(self.man), "red")

    def test_a_late_entry_changes_the_colour_from_its_entry(self):
        self.exam()
        self.on(2026, 5, 20)
        self.visit("village_doctor_a1", self.man, "elder_follow", done_on=date(2026, 4, 2), systolic=185, diastolic=80)
        self.assertEqual(self.told(self.man)[-1], ("2026-05-20", "red", "worse"))
        self.assertIn("2026-04-02", self.standing(self.man).reason_html)

    def test_facts_of_every_kind_count(self):
        self.exam()
        leader = "team_leader_a"
        for model, vals, colour in (
            ("bphs.social.fact", {"kind": "living_alone"}, "yellow"),
            ("bphs.condition", {"kind": "dialysis", "date_from": self.day}, "red"),
        ):
            fact = self.as_user(leader, model).create({"resident_id": self.man.id, **vals})
            self.assertEqual(self.colour(self.man), colour)
            fact.action_void("录错")
            self.assertEqual(self.colour(self.man), "green", model)
        event = self.as_user(leader, "bphs.acute.event").create({"resident_id": self.man.id, "kind": "stroke"})
        self.assertEqual(self.colour(self.man), "red")
        event.action_void("录错")
        outside = self.as_user(leader, "bphs.elderly.outside").create(
            {"resident_id": self.man.id, "kind": "adl_score", "value": "12"}
        )
        self.assertEqual(self.colour(self.man), "red")
        outside.action_void("录错")
        self.man.living_alone = True
        self.assertEqual(self.colour(self.man), "yellow")

    def test_a_finding_counts_until_it_is_handled(self):
        self.exam()
        vals = {"resident_id": self.man.id, "severity": "recheck", "name": "血红蛋白低", "found_on": self.day}
        finding = self.as_user("team_leader_a", "bphs.finding").create(vals)
        self.assertEqual(self.colour(self.man), "yellow")
        self.on(2026, 3, 5)
        finding.handling = "rechecked"
        finding.action_close()
        standing = self.standing(self.man)
        self.assertEqual((standing.colour, standing.grade), ("yellow", "green"), "better goes the way of proposals")

    def test_a_finding_of_a_record_for_named_persons_is_graded_for_them(self):
        self.exam()
        told = self.visit("village_doctor_a1", self.man, "hypertension", systolic=120, diastolic=76, result="satisfied")
        self.assertEqual(self.colour(self.man), "green")
        self.env.flush_all()
        self.env.cr.execute("UPDATE bphs_visit SET sensitive = TRUE WHERE id = %s", [told.id])
        self.env.invalidate_all()
        vals = {"resident_id": self.man.id, "visit_id": told.id, "severity": "critical", "name": "有自伤危险"}
        self.env["bphs.finding"].create({**vals, "found_on": self.day})
        self.assertEqual(self.colour(self.man, whole=True), "red")
        self.assertEqual(self.colour(self.man), "green", "who does not see the finding sees no colour that tells of it")
        self.assertNotIn("有自伤危险", self.standing(self.man).reason_words or "")

    def test_who_moved_away_or_died_stands_in_no_colour(self):
        self.exam()
        self.on(2026, 3, 9)
        self.man.sudo().write({"status": "died", "status_date": self.day})
        self.assertFalse(self.standing(self.man))
        rows = self.env.execute_query(self.Grading._on(self.day))
        self.assertNotIn(self.man.id, [row[1] for row in rows])
        rows = self.env.execute_query(self.Grading._on(date(2026, 3, 8)))
        self.assertIn(self.man.id, [row[1] for row in rows])
