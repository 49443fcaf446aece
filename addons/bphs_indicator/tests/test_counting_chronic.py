from datetime import timedelta

from odoo.tests import tagged

from ..tools.periods import window_start
from .common import IndicatorCase

OUTCOMES = ("HTN_Q_CONTROLLED", "HTN_Q_UNCONTROLLED", "HTN_Q_NO_PRESSURE", "HTN_Q_MISSED")


@tagged("post_install", "-at_install")
class TestCountingChronic(IndicatorCase):
    """Standard management, control, and the four outcomes of a quarter."""

    def test_control_is_that_of_the_latest_record_by_age(self):
        self.join(self.zhang, "hypertension")
        self.join(self.wang, "hypertension")
        before = max(self.month.replace(month=1, day=1), self.today - timedelta(20))
        self.visit("village_doctor_a1", self.zhang, systolic=170, diastolic=100, done_on=before)
        # 75 years old: below 150 over 90.
        self.visit("village_doctor_a1", self.zhang, systolic=148, diastolic=88, done_on=self.today)
        # 45: below 140 over 90.
        self.visit("village_doctor_a1", self.wang, systolic=148, diastolic=88, done_on=self.today)
        self.count()
        self.assertEqual(self.parts("HTN_CONTROL", self.township_a), (1, 2))
        self.visit("village_doctor_a1", self.zhang, systolic=130, diastolic=95, done_on=self.today)
        self.count()
        self.assertEqual(self.parts("HTN_CONTROL", self.township_a), (0, 2))

    def test_glucose_of_the_latest_record(self):
        self.join(self.wang, "diabetes")
        self.visit("village_doctor_a1", self.wang, "diabetes", fasting_glucose=7.0, done_on=self.today)
        self.count()
        self.assertEqual(self.parts("DM_CONTROL", self.township_a), (0, 1))
        self.visit("village_doctor_a1", self.wang, "diabetes", fasting_glucose=6.9, done_on=self.today)
        self.count()
        self.assertEqual(self.parts("DM_CONTROL", self.township_a), (1, 1))

    def test_the_four_outcomes_sum_to_all_who_are_looked_at(self):
        people = [
            self.make(f"患者{number}", self.village_a1, f"19{60 + number}0101", 21 + 2 * number) for number in range(6)
        ]
        for person in people[:5]:
            self.join(person, "hypertension")
        # Registered under three months ago: not looked at.
        self.join(people[5], "hypertension", days=20)
        quarter = window_start(self.today, 3)
        earlier = quarter - timedelta(40)
        controlled, uncontrolled, unmeasured, missed, lost, fresh = people
        self.visit("village_doctor_a1", controlled, systolic=120, diastolic=80, done_on=self.today)
        self.visit("village_doctor_a1", uncontrolled, systolic=160, diastolic=80, done_on=self.today)
        self.visit("village_doctor_a1", unmeasured, done_on=self.today)
        self.visit("village_doctor_a1", missed, systolic=120, diastolic=80, done_on=earlier)
        self.visit("village_doctor_a1", lost, done_on=self.today - timedelta(500))
        self.visit("village_doctor_a1", fresh, systolic=120, diastolic=80, done_on=self.today)
        self.count()
        told = [self.parts(code, self.township_a) for code in OUTCOMES]
        self.assertEqual(told, [(1, 4)] * 4)
        self.assertEqual(sum(self.value(code, self.township_a).rate for code in OUTCOMES), 100)
