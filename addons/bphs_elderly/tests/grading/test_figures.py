from datetime import date

from odoo.tests import tagged

from .common import GradingCase


@tagged("post_install", "-at_install")
class TestFigures(GradingCase):
    """Figures of elders by place, each with the list behind it, and what of them may go out of the house."""

    def setUp(self):
        super().setUp()
        type(self).day = date(2026, 3, 1)
        self.man = self.elder("赵大年", "19550601", 11)

    def elder(self, name, born, order, village=None):
        resident = self.make(name, village or self.village_a1, born, order)
        self.visit("village_doctor_a1", resident, "elder_exam", done_on=self.day)
        self.outside(resident, "adl_score", "0")
        return resident

    def outside(self, resident, kind, value, **vals):
        vals = {"resident_id": resident.id, "kind": kind, "value": value, **vals}
        return self.as_user("village_doctor_a1", "bphs.elderly.outside").create(vals)

    def red(self, resident):
        self.visit("village_doctor_a1", resident, "elder_follow", systolic=186, diastolic=80)
        self.assertEqual(self.colour(resident), "red")

    def page(self, key, model, **vals):
        page = self.as_user(key, model).create(vals)
        page.action_show()
        return page

    def easing(self, key, **vals):
        page = self.page(key, "bphs.elderly.easing", date_from="2026-01-01", date_to="2026-12-31", **vals)
        return {line.name: line for line in page.line_ids}

    def listed(self, key, action):
        return self.as_user(key, action["res_model"]).search(action["domain"]).resident_id

    def test_out_of_red_counts_whoever_could_and_did(self):
        for order, name in ((12, "钱大年"), (13, "孙大年")):
            setattr(self, f"man_{order}", self.elder(name, "19550601", order))
        oldest = self.elder("李高龄", "19300601", 14)  # red for age alone, which does not resolve
        self.assertEqual(self.colour(oldest), "red")
        self.on(2026, 3, 10)
        for man in (self.man, self.man_12):
            self.red(man)
        for day in ((2026, 3, 20), (2026, 4, 5), (2026, 4, 15)):
            self.on(*day)
            self.visit("village_doctor_a1", self.man, "hypertension", systolic=130, diastolic=80, result="satisfied")
        self.assertEqual(self.standing(self.man).proposal, "green")
        self.as_user("team_leader_a", self.standing(self.man)).action_confirm()
        self.on(2026, 4, 20)
        line = self.easing("team_leader_a", level="township")["Together"]
        self.assertEqual((line.eased, line.people, line.shown), (1, 2, "50.00%"))
        self.assertEqual(self.listed("team_leader_a", line.action_eased()), self.man)
        self.assertEqual(self.listed("team_leader_a", line.action_still()), self.man_12)
        self.assertEqual(self.listed("team_leader_a", line.action_all()), self.man | self.man_12)
        village = self.easing("village_doctor_a1", level="village")[self.village_a1.display_name]
        self.assertEqual(len(self.listed("village_doctor_a1", village.action_all())), village.people)
        self.assertFalse(self.easing("team_leader_b", level="township"))

    def test_figures_of_red_are_the_countys_and_people_are_not(self):
        self.on(2026, 3, 10)
        self.red(self.man)
        line = self.easing("primary_care_officer", level="township")["Together"]
        self.assertEqual((line.eased, line.people), (0, 1))
        with self.refused("sees the figures of teams here"):
            line.action_all()
        with self.refused("ends before it begins"):
            page = self.as_user("team_leader_a", "bphs.elderly.easing")
            page.create({"date_from": "2026-03-02", "date_to": "2026-03-01"}).action_show()

    def test_red_for_what_is_for_named_persons_is_counted_for_them_alone(self):
        self.on(2026, 3, 10)
        self.env["bphs.elderly.outside"].create({"resident_id": self.man.id, "kind": "smi_risk", "value": "4"})
        self.assertFalse(self.easing("team_leader_a", level="township"))
        self.name_person("team_leader_a")
        self.assertFalse(self.easing("team_leader_a", level="township"), "unless it is asked for")
        line = self.easing("team_leader_a", level="township", whole=True)["Together"]
        self.assertEqual(self.listed("team_leader_a", line.action_all()), self.man)
        self.assertEqual(line.people, 1)

    def test_a_list_that_nobody_counted_is_empty(self):
        for value in ("", "eased|county|0|2026-01-01|2026-12-31|0", "x|village|0|2026-01-01|2026-12-31|0", "a|b"):
            found = self.as_user("team_leader_a", self.Standing).search([("easing_list", "=", value)])
            self.assertFalse(found, value)

    def test_the_board_stands_beside_the_year_before(self):
        self.on(2026, 3, 20)
        self.red(self.man)
        self.on(2027, 3, 20)
        self.visit("village_doctor_a1", self.man, "elder_follow", systolic=130, diastolic=80, result="satisfied")
        page = self.page("team_leader_a", "bphs.elderly.board", level="village", years=2)
        place = self.village_a1.display_name
        chart = page.chart
        bars = {label: {one["label"]: one["data"][at] for one in chart["series"]}
                for at, label in enumerate(chart["labels"])}  # fmt: skip
        self.assertEqual(bars[f"{place} 2026"]["▲ Red"], 1)
        self.assertEqual(bars[f"{place} 2027"]["▲ Red"], 1, "nobody gets out of red alone")
        self.assertNotIn(f"{place} 2025", bars)
        self.assertFalse(self.page("team_leader_b", "bphs.elderly.board", level="village").chart)

    def test_the_board_counts_who_was_not_examined_in_the_year(self):
        self.on(2026, 12, 20)
        total = {line.name: line for line in self.page("team_leader_a", "bphs.elderly.board").line_ids}["Together"]
        examined = total.people - total.unexamined
        self.on(2027, 1, 3)
        total = {line.name: line for line in self.page("team_leader_a", "bphs.elderly.board").line_ids}["Together"]
        self.assertEqual((examined, total.unexamined), (1, total.people))

    def test_the_picture_tells_no_few(self):
        people = self.man
        for order in range(21, 26):
            people |= self.elder("甲乙丙丁戊"[order - 21] + "老", "19560101", order)
        for resident in people:
            self.outside(resident, "bmi", "29")
        for resident in people[:4]:
            vals = {"resident_id": resident.id, "kind": "chd", "date_from": "2020-01-01"}
            self.as_user("village_doctor_a1", "bphs.condition").create(vals)
        page = self.page("township_public_health_a", "bphs.elderly.picture")
        rows = {(line.band, line.item): line for line in page.line_ids}
        obese = rows["70-74", "Body mass index 28 or more"]
        self.assertEqual((obese.people, obese.people_words), (6, "6"))
        self.assertIn(("70-74", "Body mass index 24 or more"), rows)
        disease = rows["70-74", self.env.ref("bphs_elderly.code_condition_chd").name]
        self.assertEqual((disease.people, disease.people_words, disease.share), (0, "<5", ""))
        with self.no_right("create", "bphs.elderly.picture"):
            self.page("village_doctor_a1", "bphs.elderly.picture")

    def test_a_birthday_of_29_february_is_on_1_march_for_the_picture_too(self):
        self.on(2030, 2, 20)
        for order in range(21, 26):
            self.outside(self.elder("甲乙丙丁戊"[order - 21] + "老", "19600229", order), "bmi", "29")
        for day, band in ((date(2030, 2, 28), "65-69"), (date(2030, 3, 1), "70-74")):
            self.on(day.year, day.month, day.day)
            page = self.page("township_public_health_a", "bphs.elderly.picture", day=day)
            obese = [line for line in page.line_ids if line.item == "Body mass index 28 or more"]
            self.assertEqual([(line.band, line.people) for line in obese], [(band, 5)])

    def test_a_single_birthday_tells_nobody_what_somebody_has(self):
        """The search page tells when somebody was born: figures of the day before and of that day differ by what one
        person has, and whoever must search had them of any day, entered nowhere."""
        key, picture, board = "county_specialist", "bphs.elderly.picture", "bphs.elderly.board"
        self.env["ir.config_parameter"].set_param("bphs_resident.reckonings_a_day", "2")
        for day in ("2026-03-02", "2031-06-01"):
            for who in (key, "township_public_health_a"):
                with self.refused("This day has not come yet"):
                    self.page(who, picture, day=day)
        for _again in range(2):
            self.page(key, picture)
            self.page(key, board)
            self.page(key, "bphs.elderly.easing")
            self.page(key, "bphs.contract.rates")
            self.as_user(key, "bphs.screening").loop()
            self.page(key, picture, day="2025-06-01")
            self.page(key, board, day="2025-06-01")
        mine = [("user_id", "=", self.user[key].id), ("kind", "like", "reckoned")]
        entries = self.as_user("auditor", "bphs.resident.access").search(mine, order="id")
        reckoned = entries.sudo().filtered(lambda one: one.kind == "reckoned")
        self.assertEqual(reckoned.mapped("nth"), [0, 0, 0, 0, 0, 1, 2])
        self.assertEqual(entries.mapped("kind").count("reckoned_limit"), 1)
        for model, vals in (
            (picture, {"day": "2025-05-31"}), (board, {"day": "2025-05-31"}),
            ("bphs.elderly.easing", {"date_to": "2026-02-28"}), ("bphs.elderly.easing", {"date_from": "2026-02-27"}),
            ("bphs.contract.rates", {"date_to": "2026-02-28"}),
        ):  # fmt: skip
            with self.subTest(model, **vals), self.refused("2 times today"):
                self.page(key, model, **vals)
        with self.refused("2 times today"):
            self.as_user(key, "bphs.screening").loop("2026-02-27", "2026-02-28")
        self.page(key, picture, day="2025-06-01")
        self.page("township_public_health_a", picture, day="2025-05-31")
        others = [("user_id", "=", self.user["township_public_health_a"].id), ("kind", "=", "reckoned")]
        self.assertFalse(self.env["bphs.resident.access"].search_count(others), "who may list them has no such limit")

    def test_the_picture_counts_what_is_for_named_persons_for_them_alone(self):
        people = self.man
        for order in range(21, 25):
            people |= self.elder("甲乙丙丁"[order - 21] + "老", "19560101", order)
        for resident in people:
            self.env["bphs.resident.group"].create(
                {"resident_id": resident.id, "kind": "smi", "date_from": "2020-01-01"}
            )
        name = self.env.ref("bphs_elderly.code_condition_smi").name
        page = self.page("township_public_health_a", "bphs.elderly.picture")
        self.assertNotIn(name, page.line_ids.mapped("item"))
        self.name_person("township_public_health_a")
        page = self.page("township_public_health_a", "bphs.elderly.picture", whole=True)
        self.assertEqual(page.line_ids.filtered(lambda line: line.item == name).people_words, "5")
