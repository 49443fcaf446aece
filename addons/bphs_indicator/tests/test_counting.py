from datetime import timedelta

from odoo.tests import tagged

from ..tools.periods import CALENDAR, year_start
from .common import IndicatorCase


@tagged("post_install", "-at_install")
class TestCounting(IndicatorCase):
    """What is counted of the records, by institution; the list behind a figure is who it counts."""

    def listed(self, key, value, part="counted"):
        model = self.as_user(key, "bphs.resident")
        return model.search([("indicator_list", "=", f"{value.id}|{part}")])

    def test_elders_by_clinic_township_and_county(self):
        self.full(self.zhang, "elder_exam", done_on=self.today)
        self.count()
        self.assertEqual(self.parts("ELDER_MANAGED", self.clinic_a1), (1, 1))
        self.assertEqual(self.parts("ELDER_MANAGED", self.clinic_a2), (0, 1))
        self.assertEqual(self.parts("ELDER_MANAGED", self.township_a), (1, 2))
        self.assertEqual(self.parts("ELDER_MANAGED", self.bureau), (1, 2))
        self.assertEqual(self.parts("ELDER_MANAGED", self.clinic_b1), (0, 0))
        self.assertEqual(self.value("ELDER_MANAGED", self.clinic_b1).shown, "—")
        self.assertEqual(self.value("ELDER_MANAGED", self.township_a).shown, "50.00%")
        self.assertEqual(self.value("ELDER_COUNT", self.bureau).numerator, 1)

    def test_a_count_and_its_list_are_one_query(self):
        self.full(self.zhang, "elder_exam", done_on=self.today)
        self.count()
        value = self.value("ELDER_MANAGED", self.township_a)
        self.assertEqual(self.listed("township_public_health_a", value), self.zhang)
        self.assertEqual(self.listed("township_public_health_a", value, "left"), self.li)
        # Another township has neither the value nor its list.
        self.assertFalse(self.listed("township_public_health_b", value))

    def test_every_list_is_as_long_as_its_figure(self):
        self.join(self.zhang, "hypertension")
        self.join(self.wang, "diabetes")
        self.join(self.li, "hypertension", days=40)
        self.visit("village_doctor_a1", self.zhang, "hypertension", systolic=150, diastolic=80, done_on=self.today)
        self.full(self.zhang, "elder_exam", done_on=self.today)
        self.visit("village_doctor_a1", self.wang, "diabetes", fasting_glucose=6.1, done_on=self.today)
        self.visit("village_doctor_a2", self.li, "tcm33", done_on=self.today)
        self.count()
        told = 0
        for value in self.Value.search([("institution_id", "=", self.township_a.id), ("named", "=", False)]):
            indicator = value.indicator_id
            if indicator.source != "counted" or indicator.unit != "person" or indicator.over == "apart":
                continue
            counted = self.listed("township_director_a", value)
            self.assertEqual(len(counted), value.numerator, indicator.name)
            if indicator.over == "inside" and indicator.shape == "rate":
                left = self.listed("township_director_a", value, "left")
                self.assertEqual(len(counted) + len(left), value.denominator, indicator.name)
                self.assertFalse(counted & left)
                told += value.numerator
        self.assertGreater(told, 5)

    def test_nothing_is_counted_before_its_period_or_after_the_day(self):
        year = year_start(CALENDAR, self.today)
        self.full(self.zhang, "elder_exam", done_on=year - timedelta(1))
        self.count()
        self.assertEqual(self.parts("ELDER_MANAGED", self.clinic_a1), (0, 1))
        self.full(self.zhang, "elder_exam", done_on=year)
        self.count()
        self.assertEqual(self.parts("ELDER_MANAGED", self.clinic_a1), (1, 1))

    def test_a_draft_and_a_voided_record_do_not_count(self):
        self.full(self.zhang, "elder_exam", complete=False, done_on=self.today)
        voided = self.full(self.zhang, "elder_exam", done_on=self.today)
        voided.action_void("录错人")
        self.count()
        self.assertEqual(self.parts("ELDER_MANAGED", self.clinic_a1), (0, 1))

    def test_figures_stand_with_and_without_the_files_for_named_persons(self):
        self.join(self.zhang, "smi")
        self.count()
        self.assertEqual(self.parts("ELDER_MANAGED", self.township_a), (0, 1))
        self.assertEqual(self.parts("ELDER_MANAGED", self.township_a, whole=True), (0, 2))
        self.assertEqual(self.parts("SMI_MANAGED", self.township_a, whole=True), (0, 1))
        # Of the illness itself only named persons are told that there is a figure.
        model = self.as_user("township_director_a", self.Value)
        self.assertFalse(model.search([("code", "=", "SMI_MANAGED")]))
        self.name_person("township_director_a")
        self.assertTrue(model.search([("code", "=", "SMI_MANAGED")]))
        value = self.value("ELDER_MANAGED", self.township_a)
        self.assertEqual(self.listed("township_director_a", value, "left"), self.zhang | self.li)
        self.assertEqual(self.listed("township_public_health_a", value, "left"), self.li)

    def test_what_follows_from_a_record_for_named_persons_is_in_no_figure(self):
        """Somebody whom everybody sees may have such a record: beside a list, a figure would tell of it."""
        pressure = {"systolic": 120, "diastolic": 76, "done_on": self.today}
        told, hidden = (self.visit("village_doctor_a1", self.wang, "hypertension", **pressure) for _one in range(2))
        self.env.flush_all()
        self.env.cr.execute("UPDATE bphs_visit SET sensitive = TRUE WHERE id = %s", [hidden.id])
        self.env.invalidate_all()
        for visit in (told, hidden):
            named = {"resident_id": self.wang.id, "visit_id": visit.id}
            self.env["bphs.finding"].create({**named, "name": "血脂异常", "found_on": self.today})
            self.env["bphs.referral"].create({**named, "to_words": "市医院", "reason": "血脂异常"}).action_send()
        self.count()
        for code in ("P_FINDING", "P_REFERRAL"):
            self.assertEqual(self.parts(code, self.township_a), (0, 1), code)
        self.join(self.wang, "smi")
        self.count()
        for code in ("P_FINDING", "P_REFERRAL"):
            self.assertEqual(self.parts(code, self.township_a), (0, 0), code)
            self.assertEqual(self.parts(code, self.township_a, whole=True), (0, 2), code)

    def test_whoever_must_search_has_no_list(self):
        self.count()
        value = self.as_user("primary_care_officer", self.value("ELDER_MANAGED", self.bureau))
        with self.denied("for those who look after them"):
            value.action_left()
        township = self.as_user("township_director_a", self.value("ELDER_MANAGED", self.township_a))
        self.assertEqual(township.action_left()["res_model"], "bphs.resident")
        imported = self.as_user("township_director_a", self.value("RENEWED", self.township_a))
        with self.refused("is not counted from people"):
            imported.action_counted()

    def test_what_names_no_value_lists_nobody(self):
        for text in ("", "x|counted", "0|counted", "1|all", "1"):
            self.assertFalse(self.env["bphs.resident"].search([("indicator_list", "=", text)]), text)

    def test_children_of_an_age(self):
        born = self.today - timedelta(200)
        child = self.make("李小宝", self.village_a1, f"{born:%Y%m%d}", 11)
        self.count()
        self.assertEqual(self.parts("CHILD_MANAGED", self.township_a), (0, 1))
        self.assertEqual(self.parts("CHILD_SYSTEM", self.township_a), (0, 1))
        # 3 a year under one: of six whole months, one.
        self.visit("village_doctor_a1", child, "child", done_on=self.today)
        self.count()
        self.assertEqual(self.parts("CHILD_MANAGED", self.township_a), (1, 1))
        self.assertEqual(self.parts("CHILD_SYSTEM", self.township_a), (1, 1))
        self.assertEqual(self.parts("CHILD_EYE", self.township_a), (0, 1))

    def test_a_rate_over_a_population_names_it(self):
        self.count()
        self.assertEqual(self.value("EHR_STANDARD", self.bureau).shown, "—")
        figure = self.as_user("administrator", "bphs.population").create(
            {"name": "常住人口", "basis": "permanent", "division_id": self.county.id, "number": 2, "source": "统计局",
             "date": self.today}
        )  # fmt: skip
        self.as_user("primary_care_officer", figure).action_approve()
        self.count()
        value = self.value("EHR_FILED", self.bureau)
        self.assertEqual(value.shown, "200.00%")
        self.assertTrue(value.above_whole)
        self.assertIn("统计局", value.base)
        self.assertEqual(self.value("EHR_FILED", self.township_a).shown, "—")

    def test_records_are_counted_as_records(self):
        self.visit("village_doctor_a1", self.zhang, "hypertension", mode="phone", done_on=self.today)
        self.visit("village_doctor_a1", self.zhang, "hypertension", mode="clinic", done_on=self.today)
        self.visit("village_doctor_a1", self.wang, "diabetes", mode="home", done_on=self.today)
        self.count()
        self.assertEqual(self.parts("P_FACE", self.bureau), (2, 3))
        self.assertEqual(self.parts("P_CLINIC", self.bureau), (1, 3))
        self.assertEqual(self.parts("P_DEVICE", self.bureau), (0, 3))
