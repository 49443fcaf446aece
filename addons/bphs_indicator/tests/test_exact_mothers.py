from datetime import date, timedelta

from odoo.tests import tagged

from .common import IndicatorCase

# The year of mothers and children 2025.
FIRST, LAST = date(2024, 10, 1), date(2025, 9, 30)
BORN = date(2025, 3, 10)


@tagged("post_install", "-at_install")
class TestExactMothers(IndicatorCase):
    """Mothers by the day they gave birth; children by the ages they came to; elders by what a year asks for."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.mother = cls.make("赵母", cls.village_a1, "19950101", 42)

    def checked(self, *days, weeks=12):
        """The first check of a pregnancy, and others."""
        first, *others = days
        self.full(self.mother, "antenatal_first", done_on=first, weeks=weeks)
        for day in others:
            self.full(self.mother, "antenatal", done_on=day, weeks=20)

    def gave_birth(self, born=BORN, left=None, seen=None, code="postpartum"):
        left = born + timedelta(3) if left is None else left
        answers = {"delivered_on": born.isoformat(), **({"discharged_on": left.isoformat()} if left else {})}
        return self.full(self.mother, code, done_on=seen or (left or born) + timedelta(7), mode="home", answers=answers)

    def part(self, code, last=LAST):
        return self.counted_on(code, last)[0]

    def test_registered_before_the_thirteenth_week(self):
        self.gave_birth()
        self.assertEqual(self.part("MOTHER_EARLY"), 0)
        self.checked(BORN - timedelta(190), weeks=13)
        self.assertEqual(self.part("MOTHER_EARLY"), 0)
        self.checked(BORN - timedelta(196))
        self.assertEqual(self.part("MOTHER_EARLY"), 1)

    def test_the_first_check_may_lie_in_the_year_before(self):
        self.gave_birth(FIRST)
        self.checked(FIRST - timedelta(196))
        self.assertEqual(self.part("MOTHER_EARLY"), 1)

    def test_a_check_of_another_pregnancy_is_not_one_of_this(self):
        self.gave_birth()
        self.checked(BORN - timedelta(302))
        self.checked(BORN + timedelta(120))
        self.assertEqual(self.part("MOTHER_EARLY"), 0)
        self.checked(BORN - timedelta(301))
        self.assertEqual(self.part("MOTHER_EARLY"), 1)

    def test_the_day_of_birth_says_which_year_it_is(self):
        self.gave_birth(FIRST - timedelta(1))
        self.assertEqual(self.part("MOTHER_POSTPARTUM"), 0)
        self.assertEqual(self.part("MOTHER_POSTPARTUM", date(2024, 9, 30)), 1)
        # Seen in the next year, she is a mother of this one.
        self.gave_birth(LAST)
        self.assertEqual(self.part("MOTHER_POSTPARTUM"), 1)

    def test_seen_within_twenty_eight_days_of_leaving_the_hospital(self):
        self.gave_birth(seen=BORN + timedelta(3 + 29))
        self.assertEqual(self.part("MOTHER_POSTPARTUM"), 0)
        self.gave_birth(seen=BORN + timedelta(3 + 28))
        self.assertEqual(self.part("MOTHER_POSTPARTUM"), 1)

    def test_an_examination_after_forty_two_days_is_no_such_visit(self):
        self.gave_birth(code="postpartum_42d", seen=BORN + timedelta(20))
        self.checked(BORN - timedelta(196))
        self.assertEqual(self.part("MOTHER_POSTPARTUM"), 0)
        # It tells of the birth all the same.
        self.assertEqual(self.part("MOTHER_EARLY"), 1)

    def test_systematic_care_is_all_of_it(self):
        days = [BORN - timedelta(back) for back in (196, 150, 120, 60, 20)]
        self.checked(*days[:4], days[3])
        self.gave_birth()
        self.assertEqual(self.part("MOTHER_SYSTEM"), 0)  # two checks of one day are one
        self.full(self.mother, "antenatal", done_on=days[4], weeks=38)
        self.assertEqual(self.part("MOTHER_SYSTEM"), 1)

    def test_at_home_is_not_in_hospital(self):
        self.checked(*[BORN - timedelta(back) for back in (196, 150, 120, 60, 20)])
        self.gave_birth(left=False)
        self.assertEqual(self.part("MOTHER_POSTPARTUM"), 1)
        self.assertEqual(self.part("MOTHER_SYSTEM"), 0)

    def test_over_the_children_born(self):
        self.make("赵宝", self.village_a1, "20250310", 44)
        self.make("钱宝", self.village_a1, "20241001", 46)
        self.make("孙宝", self.village_a1, "20240930", 48)
        self.gave_birth()
        self.assertEqual(self.counted_on("MOTHER_POSTPARTUM", LAST), (1, 2))

    def test_what_is_no_date_is_no_birth(self):
        visit = self.gave_birth()
        for text in ("2025-3-1", "三月", ""):
            self.env.cr.execute(
                "UPDATE bphs_visit SET answers = jsonb_build_object('delivered_on', %s::text) WHERE id = %s",
                [text, visit.id],
            )
            self.assertEqual(self.part("MOTHER_POSTPARTUM"), 0, text)

    # === CHILDREN === #

    def test_medicine_by_the_months_a_child_came_to(self):
        # Six months on 1 January, twelve on 1 July: two in the year.
        child = self.make("周宝", self.village_a1, "20240701", 51)
        self.make("吴宝", self.village_a1, "20250401", 53)  # six months on 1 October: not in this year
        self.assertEqual(self.counted_on("TCM_CHILD", LAST), (0, 1))
        self.full(child, "child_tcm", done_on=date(2025, 1, 8))
        self.assertEqual(self.counted_on("TCM_CHILD", LAST), (0, 1))
        self.assertEqual(self.counted_on("TCM_CHILD", date(2025, 6, 30)), (1, 1))
        self.full(child, "child_tcm", done_on=date(2025, 7, 8))
        self.assertEqual(self.counted_on("TCM_CHILD", LAST), (1, 1))

    def test_a_child_of_a_months_last_day_comes_to_an_age_when_the_clock_says_so(self):
        child = self.make("钱宝", self.village_a1, "20250331", 57)
        self.make("孙宝", self.village_a1, "20240331", 59)  # six months in the year before; then twelve and eighteen
        self.assertEqual(self.counted_on("TCM_CHILD", LAST), (0, 2))
        self.assertEqual(self.counted_on("TCM_CHILD", LAST - timedelta(1)), (0, 1))
        self.full(child, "child_tcm", done_on=LAST)
        self.assertEqual(self.counted_on("TCM_CHILD", LAST), (1, 2))

    def test_in_a_town_a_child_is_seen_four_times(self):
        child = self.make("郑宝", self.village_a1, "20241001", 55)
        for month in (1, 4, 7):
            self.full(child, "child", done_on=date(2025, month, 8))
        # Eleven months lived: 3 x 11 / 12 is two, 4 x 11 / 12 is three.
        self.assertEqual(self.counted_on("CHILD_SYSTEM", LAST), (1, 1))
        self.clinic_a1.kind = "community_station"
        self.assertEqual(self.counted_on("CHILD_SYSTEM", LAST), (1, 1))
        self.env["bphs.visit"].search([("resident_id", "=", child.id)], limit=1).action_void("录错")
        self.assertEqual(self.counted_on("CHILD_SYSTEM", LAST), (0, 1))
        self.clinic_a1.kind = "village_clinic"
        self.assertEqual(self.counted_on("CHILD_SYSTEM", LAST), (1, 1))

    # === ELDERS === #

    def test_an_examination_with_blanks_is_no_care_of_an_elder(self):
        last = date(2025, 12, 31)
        self.visit("village_doctor_a1", self.zhang, "elder_exam", done_on=date(2025, 3, 1))
        self.assertEqual(self.counted_on("ELDER_MANAGED", last)[0], 0)
        self.full(self.zhang, "elder_exam", done_on=date(2025, 3, 2))
        self.assertEqual(self.counted_on("ELDER_MANAGED", last)[0], 1)
        self.assertEqual(self.counted_on("ELDER_STANDARD", last)[0], 0)
        self.full(self.zhang, "self_care", done_on=date(2025, 3, 2))
        self.assertEqual(self.counted_on("ELDER_STANDARD", last)[0], 1)
        self.assertEqual(self.counted_on("ELDER_TOLD", last)[0], 0)
        self.full(self.zhang, "feedback", done_on=date(2025, 3, 20))
        self.assertEqual(self.counted_on("ELDER_TOLD", last)[0], 1)

    def test_medicine_for_elders_is_the_form_and_the_advice(self):
        last = date(2025, 12, 31)
        self.visit("village_doctor_a1", self.zhang, "tcm33", done_on=date(2025, 3, 1))
        self.assertEqual(self.counted_on("TCM_ELDER", last)[0], 0)
        self.full(self.zhang, "tcm33", done_on=date(2025, 3, 1))
        self.assertEqual(self.counted_on("TCM_ELDER", last)[0], 1)
