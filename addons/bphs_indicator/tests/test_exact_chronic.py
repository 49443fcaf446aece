from datetime import date, timedelta

from odoo.tests import tagged

from .common import IndicatorCase

LAST = date(2025, 12, 31)


@tagged("post_install", "-at_install")
class TestExactChronic(IndicatorCase):
    """Standard management as the specification asks for it: how often, face to face, complete, examined, rechecked."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.member(cls.zhang, "hypertension", date(2023, 5, 1))

    @classmethod
    def member(cls, resident, kind, since):
        return cls.env["bphs.resident.group"].create({"resident_id": resident.id, "kind": kind, "date_from": since})

    def seen(self, days, resident=None, code="hypertension", **vals):
        values = {"mode": "home", "systolic": 130, "diastolic": 80, **vals}
        return [self.full(resident or self.zhang, code, done_on=day, **values) for day in days]

    def quarters(self, count=4):
        return [date(2025, 1 + 3 * quarter, 15) for quarter in range(count)]

    def examined(self, day=date(2025, 6, 1)):
        return self.full(self.zhang, "elder_exam", done_on=day)

    # === HOW OFTEN === #

    def test_four_visits_and_an_examination_are_a_year(self):
        self.examined()
        self.seen(self.quarters(3))
        self.assertEqual(self.counted_on("HTN_STANDARD", LAST), (0, 1))
        self.seen([date(2025, 10, 15)])
        self.assertEqual(self.counted_on("HTN_STANDARD", LAST), (1, 1))

    def test_of_a_year_under_way_as_many_as_it_has_whole_quarters(self):
        self.examined(date(2024, 12, 1))
        self.seen([date(2025, 2, 28)])
        self.assertEqual(self.counted_on("HTN_STANDARD", date(2025, 5, 31)), (1, 1))
        self.assertEqual(self.counted_on("HTN_STANDARD", date(2025, 6, 30)), (0, 1))

    def test_who_joined_in_the_year_needs_fewer_and_no_examination_yet(self):
        self.member(self.wang, "hypertension", date(2025, 5, 10))
        self.seen([date(2025, 6, 2)], self.wang)
        # May to December: eight months, two visits.
        self.assertEqual(self.counted_on("HTN_STANDARD", LAST), (0, 2))
        self.seen([date(2025, 9, 2)], self.wang)
        self.assertEqual(self.counted_on("HTN_STANDARD", LAST), (1, 2))

    def test_several_of_one_month_are_one(self):
        self.examined()
        self.seen([*self.quarters(3), date(2025, 7, 30)])
        self.assertEqual(self.counted_on("HTN_STANDARD", LAST), (0, 1))

    # === WHAT COUNTS === #

    def test_by_telephone_counts_beside_alone(self):
        self.examined()
        self.seen(self.quarters(3))
        self.seen([date(2025, 10, 15)], mode="phone")
        self.assertEqual(self.counted_on("HTN_STANDARD", LAST), (0, 1))
        self.assertEqual(self.counted_on("HTN_STANDARD_ANY", LAST), (1, 1))

    def test_a_record_with_blanks_or_without_pressure_does_not_count(self):
        self.examined()
        self.seen(self.quarters(3))
        self.visit("village_doctor_a1", self.zhang, mode="home", systolic=130, diastolic=80, done_on=date(2025, 10, 15))
        self.seen([date(2025, 11, 15)], diastolic=0)
        self.assertEqual(self.counted_on("HTN_STANDARD", LAST), (0, 1))

    def test_the_examination_is_one_of_the_last_twelve_months(self):
        self.seen(self.quarters())
        self.assertEqual(self.counted_on("HTN_STANDARD", LAST), (0, 1))
        self.examined(date(2024, 12, 31))
        self.assertEqual(self.counted_on("HTN_STANDARD", LAST), (0, 1))
        self.examined(date(2025, 1, 1))
        self.assertEqual(self.counted_on("HTN_STANDARD", LAST), (1, 1))

    def test_a_recheck_left_undone_is_not_as_the_specification_asks(self):
        self.examined()
        self.seen(self.quarters())
        clock = self.env["bphs.clock"].search([("code", "=", "hypertension")], limit=1)
        plan = self.env["bphs.plan"].search([("resident_id", "=", self.zhang.id), ("clock_id", "=", clock.id)], limit=1)
        plan = plan or plan.create({"resident_id": self.zhang.id, "clock_id": clock.id, "date_from": date(2023, 5, 1)})
        due = date(2025, 8, 1)
        row = self.env["bphs.followup"].create(
            {"plan_id": plan.id, "kind": "recheck", "key": "x", "opens_on": due, "due_on": due,
             "closes_on": due + timedelta(7), "missed_from": due + timedelta(60)}
        )  # fmt: skip
        self.assertEqual(self.counted_on("HTN_STANDARD", LAST), (0, 1))
        row.closed_on = due + timedelta(8)
        self.assertEqual(self.counted_on("HTN_STANDARD", LAST), (0, 1))
        row.closed_on = due + timedelta(7)
        self.assertEqual(self.counted_on("HTN_STANDARD", LAST), (1, 1))
        # Until its time is over it is not left.
        row.write({"closed_on": False, "closes_on": LAST, "due_on": date(2025, 12, 20)})
        self.assertEqual(self.counted_on("HTN_STANDARD", LAST), (1, 1))

    def test_one_form_for_all_diseases_counts_for_what_it_measured(self):
        self.member(self.zhang, "diabetes", date(2023, 5, 1))
        self.examined()
        self.seen(self.quarters(), code="chronic")
        self.assertEqual(self.counted_on("HTN_STANDARD", LAST), (1, 1))
        self.assertEqual(self.counted_on("DM_STANDARD", LAST), (0, 1))
        self.seen(self.quarters(), code="chronic", fasting_glucose=6.5)
        self.assertEqual(self.counted_on("DM_STANDARD", LAST), (1, 1))

    # === CONTROL === #

    def test_control_of_all_and_face_to_face_alone(self):
        self.seen([date(2025, 3, 1)], systolic=130)
        self.seen([date(2025, 4, 1)], systolic=160, mode="phone")
        self.assertEqual(self.counted_on("HTN_CONTROL", LAST), (0, 1))
        self.assertEqual(self.counted_on("HTN_CONTROL_FACE", LAST), (1, 1))
        self.member(self.wang, "diabetes", date(2025, 1, 1))
        self.seen([date(2025, 3, 1)], self.wang, "diabetes", fasting_glucose=8.0)
        self.seen([date(2025, 4, 1)], self.wang, "diabetes", fasting_glucose=6.0, mode="wechat")
        self.assertEqual(self.counted_on("DM_CONTROL", LAST), (1, 1))
        self.assertEqual(self.counted_on("DM_CONTROL_FACE", LAST), (0, 1))

    def test_the_higher_bound_is_from_sixty_five_on_the_day(self):
        # Zhang was born on 1 January 1950; the day before 65 he is judged like everybody.
        birthday = self.zhang.birth_date.replace(year=self.zhang.birth_date.year + 65)
        year_end = date(birthday.year, 12, 31)
        self.seen([birthday], systolic=148, diastolic=85)
        self.env["bphs.resident.group"].search([("resident_id", "=", self.zhang.id)]).date_from = date(2010, 1, 1)
        self.assertEqual(self.counted_on("HTN_CONTROL", year_end), (1, 1))
        before = birthday - timedelta(1)
        self.seen([before], systolic=148, diastolic=85)
        self.assertEqual(
            self.counted_on("HTN_CONTROL", date(before.year, 12, 31)), (int(before.year == birthday.year), 1)
        )

    # === NAMED PERSONS === #

    def test_mental_illness_by_class(self):
        self.name_person("village_doctor_a1")
        self.member(self.wang, "smi", date(2023, 5, 1))
        for day in self.quarters():
            self.full(self.wang, "smi", done_on=day, mode="home", smi_class="stable")
        self.assertEqual(self.counted_on("SMI_STANDARD", LAST), (1, 1))
        clock = self.env["bphs.clock"].search([("form_codes", "=like", "smi%")], limit=1)
        plan = self.env["bphs.plan"].search([("resident_id", "=", self.wang.id), ("clock_id", "=", clock.id)], limit=1)
        plan = plan or plan.create({"resident_id": self.wang.id, "clock_id": clock.id, "date_from": date(2023, 5, 1)})
        due = date(2025, 8, 1)
        self.env["bphs.followup"].create(
            {"plan_id": plan.id, "kind": "due", "key": "x", "opens_on": due, "due_on": due, "closes_on": due,
             "missed_from": due + timedelta(60)}
        )  # fmt: skip
        self.assertEqual(self.counted_on("SMI_STANDARD", LAST), (0, 1))
        self.assertEqual(self.counted_on("SMI_MANAGED", LAST), (1, 1))
