from datetime import date, timedelta

from odoo.tests import Form, tagged

from odoo.addons.bphs_base.tests.home import check_page

from .common import GradingCase


@tagged("post_install", "-at_install")
class TestScreens(GradingCase):
    """What is shown of colours: to whom, in which words, and what nobody else can tell from it."""

    day = date(2026, 3, 1)

    def setUp(self):
        super().setUp()
        type(self).day = date(2026, 3, 1)
        self.man = self.make("赵大年", self.village_a1, "19550601", 11)

    def assessed(self, resident):
        self.visit("village_doctor_a1", resident, "elder_exam", done_on=self.day)
        vals = {"kind": "adl_score", "value": "0"}
        self.as_user("village_doctor_a1", "bphs.elderly.outside").create({"resident_id": resident.id, **vals})

    def listed(self, key, *domain):
        return self.as_user(key, self.Standing).search([("told", "=", True), *domain]).resident_id

    def board(self, key, **vals):
        board = self.as_user(key, "bphs.elderly.board").create(vals)
        board.action_show()
        return {line.name: line for line in board.line_ids}

    def test_the_file_says_colour_and_reasons_in_words(self):
        self.assessed(self.man)
        self.visit("village_doctor_a1", self.man, "elder_follow", systolic=186, diastolic=80)
        man = self.as_user("village_doctor_a1", self.man)
        with Form(man) as form:
            self.assertEqual(form.elder_colour_words, "▲ Red")
            self.assertIn("血压、血糖达紧急值", form.elder_reason_html)
            self.assertIn("/odoo/bphs.visit/", form.elder_reason_html)
            self.assertIn("立即处理", form.elder_action_words)
        self.assertEqual([row.colour for row in man.elder_grading_ids.sorted("id")], ["unrated", "green", "red"])

    def test_a_colour_that_stands_on_tells_what_made_it(self):
        self.assessed(self.man)
        self.visit("village_doctor_a1", self.man, "elder_follow", systolic=186, diastolic=80)
        self.on(2026, 3, 5)
        self.visit("village_doctor_a1", self.man, "elder_follow", systolic=130, diastolic=80)
        standing = self.as_user("village_doctor_a1", self.standing(self.man))
        self.assertEqual((standing.colour, standing.grade), ("red", "green"))
        self.assertIn("血压、血糖达紧急值", standing.reason_words)
        self.assertIn("not so any more; the colour stands until a team leader confirms", standing.reason_words)
        self.assertIn("/odoo/bphs.visit/", standing.reason_html)
        self.assertIn("立即处理", standing.action_words)
        elder = standing.with_context(told_to_elder=True).reason_words
        self.assertIn("the colour follows once your doctor confirms it", elder)
        self.assertNotIn("team leader", elder)
        last, first = self.as_user("village_doctor_a1", self.man).elder_grading_ids.sorted("id", reverse=True)[:2]
        self.assertEqual((last.colour, last.grade, last.reason_words), ("red", "green", standing.reason_words))
        self.assertNotIn("not so any more", first.reason_words)

    def test_a_colour_that_stands_on_names_nothing_for_named_persons(self):
        self.assessed(self.man)
        result = self.env["bphs.elderly.outside"].create({"resident_id": self.man.id, "kind": "smi_risk", "value": "4"})
        self.on(2026, 3, 5)
        self.env["bphs.elderly.outside"].create({"resident_id": self.man.id, "kind": "smi_risk", "value": "0"})
        whole = self.standing(self.man, whole=True)
        self.assertEqual((whole.colour, whole.grade), ("red", "green"))
        self.assertIn("4", whole.reason_words)
        self.assertFalse(self.as_user("village_doctor_a1", self.standing(self.man)).reason_words)
        result.action_void("录错了")
        self.assertNotEqual(self.colour(self.man, whole=True), "red")

    def test_who_needs_most_stands_first(self):
        self.assessed(self.man)
        other = self.make("钱大年", self.village_a1, "19500601", 12)
        self.on(2026, 3, 2)
        self.assertEqual((self.colour(self.man), self.colour(other)), ("green", "unrated"))
        third = self.make("孙大年", self.village_a1, "19300601", 13)
        self.assertEqual(self.colour(third), "red")
        listed = self.as_user("team_leader_a", self.Standing).search([("told", "=", True)])
        ours = listed.resident_id.filtered(lambda one: one in (self.man | other | third))
        self.assertEqual(ours.ids, [third.id, self.man.id, other.id])

    def test_the_list_by_colour_with_its_days(self):
        self.assessed(self.man)
        self.on(2026, 3, 2)
        self.visit("village_doctor_a1", self.man, "elder_follow", systolic=186, diastolic=80)
        standing = self.as_user("team_leader_a", self.standing(self.man))
        self.assertEqual(standing.due_on, date(2026, 3, 9), "whoever became worse is seen within a week")
        self.assertIn(self.man, self.listed("team_leader_a", ("colour", "=", "red")))
        self.assertNotIn(self.man, self.listed("team_leader_a", ("overdue", "=", True)))
        self.on(2026, 3, 10)
        self.assertIn(self.man, self.listed("team_leader_a", ("overdue", "=", True)))
        self.assertNotIn(self.man, self.listed("team_leader_b"))

    def test_a_visit_for_a_disease_is_the_one_for_the_colour(self):
        self.assessed(self.man)
        vals = {"resident_id": self.man.id, "kind": "hypertension", "date_from": "2026-03-01"}
        self.env["bphs.resident.group"].create(vals)
        self.assertEqual(self.colour(self.man), "yellow")
        rows = self.env["bphs.followup"].search([("resident_id", "=", self.man.id)], order="due_on")
        self.assertNotIn("yellow", rows.clock_id.mapped("code"), "the disease asks for as many")
        first = rows.filtered(lambda row: row.clock_id.code == "hypertension")[0]
        worse = rows.filtered(lambda row: row.clock_id.code == "elder_worse")
        self.visit("village_doctor_a1", self.man, "elder_follow", done_on=self.day)
        self.on(2026, 3, 15)
        standing = self.as_user("team_leader_a", self.standing(self.man))
        self.assertIn(standing.due_on, [first.due_on, *worse.mapped("due_on")])
        self.on(first.due_on.year, first.due_on.month, first.due_on.day)
        self.env.invalidate_all()
        self.assertEqual(standing.due_on, first.due_on)
        self.assertNotIn(self.man, self.listed("team_leader_a", ("overdue", "=", True)))
        self.assertEqual(self.board("team_leader_a")["Together"].overdue, 0)
        self.on(*(first.due_on + timedelta(1)).timetuple()[:3])
        self.assertIn(self.man, self.listed("team_leader_a", ("overdue", "=", True)))
        self.assertEqual(self.board("team_leader_a")["Together"].overdue, 1)
        due, made = self.man._elder_visits()[self.man.id]
        self.assertEqual(due - made, 1 + len(worse.filtered(lambda row: not row.closed_on)))

    def test_what_is_for_named_persons_is_nobody_elses_reason_nor_colour(self):
        self.assessed(self.man)
        self.env["bphs.elderly.outside"].create({"resident_id": self.man.id, "kind": "smi_risk", "value": "4"})
        self.assertEqual((self.colour(self.man), self.colour(self.man, whole=True)), ("green", "red"))
        seen = self.as_user("team_leader_a", self.Standing).search([("resident_id", "=", self.man.id)])
        self.assertEqual(seen.mapped("colour"), ["green"])
        with self.denied("not within your scope"):
            self.as_user("team_leader_a", self.standing(self.man, whole=True)).read(["colour"])
        for name in ("whole", "shadowed", "hits", "facts", "run"):
            with self.denied(name):
                seen.read([name])
            with self.denied(name):
                self.as_user("team_leader_a", self.Standing).search([(name, "!=", False)])
        rows = self.as_user("team_leader_a", self.Grading).search([("resident_id", "=", self.man.id)])
        self.assertNotIn("red", rows.mapped("colour"))
        self.assertEqual(self.board("team_leader_a", level="township")["Together"].red, 0)
        self.name_person("team_leader_a")
        self.assertEqual(self.as_user("team_leader_a", self.man).elder_colour, "red")
        self.assertIn(self.man, self.listed("team_leader_a", ("colour", "=", "red")))
        self.assertNotIn(self.man, self.listed("team_leader_a", ("colour", "=", "green")))
        self.assertEqual(self.board("team_leader_a", level="township")["Together"].red, 0, "unless it is asked for")
        self.assertEqual(self.board("team_leader_a", level="township", whole=True)["Together"].red, 1)

    def test_a_reason_that_would_name_them_is_told_by_its_facts(self):
        self.assessed(self.man)
        self.as_user("team_leader_a", "bphs.condition").create({"resident_id": self.man.id, "kind": "dementia"})
        reasons = self.standing(self.man).reason_words
        self.assertIn("失智", reasons)
        self.assertNotIn("精神障碍", reasons)

    def test_the_board_counts_places_on_any_day(self):
        self.assessed(self.man)
        self.on(2026, 3, 20)
        self.visit("village_doctor_a1", self.man, "elder_follow", systolic=186, diastolic=80)
        before, now = (self.board("team_leader_a", level="village", day=day) for day in ("2026-03-19", "2026-03-20"))
        village = self.village_a1.display_name
        self.assertEqual((before[village].red, before[village].green), (0, 1))
        self.assertEqual((now[village].red, now[village].green), (1, 0))
        self.assertEqual(now[village].shares, "100.0% / 0.0% / 0.0%")
        self.assertEqual(now["Together"].people, sum(now[name].people for name in now if name != "Together"))
        county = self.board("primary_care_officer", level="township", day="2026-03-20")
        self.assertGreater(len(county), 1)
        self.assertTrue(self.board("township_director_a", level="team", day="2026-03-20"))
        with self.no_right("create", "bphs.elderly.board"):
            self.board("finance_officer")

    def test_first_pages_show_what_is_red_and_what_waits(self):
        self.assessed(self.man)
        self.visit("village_doctor_a1", self.man, "elder_follow", systolic=186, diastolic=80)
        for key in ("village_doctor_a1", "team_leader_a"):
            page = check_page(self, self.env(user=self.user[key]))
            card = next(card for card in page["cards"] if card["key"] == "elders")
            self.assertEqual(card["lines"][0]["figure"], "1", key)
