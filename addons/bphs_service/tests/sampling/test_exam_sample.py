from datetime import timedelta

from odoo import Command
from odoo.tests import tagged

from odoo.addons.bphs_team.tests.sampling.drawing import Drawing

from ..common import ServiceCase


@tagged("post_install", "-at_install")
class TestExamSample(Drawing, ServiceCase):
    """Exams drawn by chance that anybody can draw again, held against what the form demands."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.today = cls.Visit._county_today()
        cls.people = [cls.make(f"体检{at}", cls.village_a1, "19500101", 2 * at + 301) for at in range(9)]
        cls.exams = cls.Visit.browse(
            cls.visit("village_doctor_a1", person, "elder_exam", systolic=130, diastolic=80).id for person in cls.people
        )

    def sample(self, key="township_public_health_a", draw_it=True, **vals):
        given = {"institution_id": self.township_a.id, "date_from": self.today, "date_to": self.today, "size": 4}
        sample = self.as_user(key, "bphs.exam.sample").create({**given, **vals})
        if draw_it:
            sample.action_draw()
        return sample

    def test_seed_and_frame_are_kept_and_give_the_same_again(self):
        sample = self.sample()
        self.assertEqual(len(self.exams), 9)
        self.assertEqual(sample.line_ids.mapped("key"), self.check_drawn(sample, self.exams, 4))

    def test_what_the_form_finds_and_the_rates_of_it(self):
        self.visit("village_doctor_a1", self.people[0], "feedback")
        self.exams[1].action_reopen("补")
        self.exams[1].systolic = 290
        self.exams[1].action_complete()
        sample = self.sample(size=9, method="random")
        lines = {line.visit_id: line for line in sample.line_ids}
        self.assertEqual(lines[self.exams[0]].told_on, self.today)
        self.assertFalse(lines[self.exams[2]].told_on)
        self.assertIn("空腹血糖", lines[self.exams[0]].missing_words)
        self.assertEqual(lines[self.exams[1]].odd_words, "收缩压")
        self.assertEqual(sample.told_words, "1/9 11.1%")
        self.assertEqual(sample.plausible_words, "8/9 88.9%")
        self.assertEqual(sample.complete_words, "0/9 0.0%")
        self.assertEqual(sample.good_words, "—")
        # As it was when it was drawn, whatever is put right since.
        self.exams[1].action_reopen("补")
        self.exams[1].systolic = 129
        self.exams[1].action_complete()
        self.assertEqual(lines[self.exams[1]].odd_words, "收缩压")

    def test_every_exam_has_a_verdict_before_it_ends(self):
        sample = self.sample()
        with self.refused("4 exams have no verdict yet"):
            sample.action_finish()
        sample.line_ids[0].verdict = "lacking"
        sample.line_ids = [Command.update(line.id, {"verdict": "good", "note": "齐全"}) for line in sample.line_ids[1:]]
        self.assertEqual(sample.good_words, "3/4 75.0%")
        with self.denied("the verdict alone is entered"):
            sample.line_ids[0].missing_words = ""
        with self.no_right("create", "bphs.exam.sample.line"):
            self.as_user("township_public_health_a", "bphs.exam.sample.line").create({"sample_id": sample.id})
        sample.action_finish()
        with self.refused("was drawn and stays"):
            sample.line_ids[0].verdict = "good"

    def test_nothing_to_draw_from(self):
        past = self.today - timedelta(days=400)
        with self.refused("there are no exams to draw from"):
            self.sample(date_from=past, date_to=past)
        with self.refused("of days to come"):
            self.sample(date_to=self.today + timedelta(days=1))

    def test_named_persons_are_not_drawn_and_hidden_once_they_are_ones(self):
        self.people[0].group_ids = [Command.create({"kind": "smi", "date_from": self.today})]
        sample = self.sample(size=9)
        self.assertEqual(sample.frame_size, 8)
        self.people[1].group_ids = [Command.create({"kind": "smi", "date_from": self.today})]
        self.env.flush_all()
        sample.invalidate_recordset()
        self.assertEqual(len(sample.line_ids), 7)
        self.assertEqual(sample.told_words, "0/7 0.0%", "as the list, which it stands beside")
        with self.refused("7 exams have no verdict yet"):
            sample.action_finish()
        named = self.as_user("county_specialist", sample)
        self.name_person("county_specialist")
        self.assertEqual(named.told_words, "0/8 0.0%", "all that was drawn, for named persons")
        sample.line_ids.verdict = "good"
        self.assertEqual(sample.good_words, "7/7 100.0%")
        with self.refused("1 exams have no verdict yet"):
            named.action_finish()
        sample.action_finish()
        self.assertEqual(sample.state, "done")

    def test_who_must_search_opens_an_exam_with_the_sample_as_the_reason(self):
        sample = self.sample("primary_care_officer")
        lines = self.as_user("primary_care_officer", "bphs.exam.sample.line")
        self.assertFalse(lines.search([]), "masked even from whoever drew them")
        self.assertEqual(sample.told_words, "0/4 0.0%")
        action = sample.action_open_next()
        line = lines.browse(action["res_id"])
        self.assertEqual(lines.search([]), line)
        opened = self.log(line.sudo().resident_id, kind="open", user_id=self.user["primary_care_officer"].id)
        self.assertIn("Quality sample of exams", opened[0].reason)
        self.assertEqual(line.action_open_exam()["res_id"], line.visit_id.id)
        line.verdict = "good"
        self.assertNotEqual(sample.action_open_next()["res_id"], line.id)

    def test_the_next_exam_until_all_have_a_verdict(self):
        sample = self.sample(size=1)
        line = sample.line_ids
        self.assertEqual(sample.action_open_next()["res_id"], line.id)
        self.assertEqual(line.action_open_exam()["res_model"], "bphs.visit")
        line.verdict = "good"
        with self.refused("have a verdict"):
            sample.action_open_next()

    def test_reading_what_was_drawn_is_reading_of_the_files(self):
        sample = self.sample(size=2)
        mine = [("user_id", "=", self.user["township_public_health_a"].id)]
        before = self.env["bphs.resident.access"].search_count(mine)
        sample.line_ids.read(["missing_words"])
        self.assertGreater(self.env["bphs.resident.access"].search_count(mine), before)

    def test_scope_and_roles(self):
        sample = self.sample()
        self.assertFalse(self.as_user("township_public_health_b", "bphs.exam.sample").search([]))
        leader = self.as_user("team_leader_a", sample)
        self.assertEqual(len(leader.line_ids), 4)
        with self.no_right("create", "bphs.exam.sample"):
            self.sample("team_leader_a")
        with self.no_right("read", "bphs.exam.sample"):
            self.as_user("village_doctor_a1", sample).read(["seed"])
