from datetime import date

from odoo.tests import TransactionCase, tagged


@tagged("post_install", "-at_install")
class TestWorkingDay(TransactionCase):
    def test_kind_of_day(self):
        days = self.env["bphs.working.day"]
        for day, worked in (
            (date(2025, 1, 26), True),  # a Sunday worked for the Spring Festival
            (date(2025, 1, 28), False),
            (date(2025, 10, 8), False),
            (date(2025, 10, 11), True),
            (date(2025, 10, 12), False),
            (date(2026, 2, 23), False),
            (date(2026, 2, 28), True),
            (date(2026, 3, 2), True),
            (date(2031, 5, 3), False),  # a year without announcement goes by the week
        ):
            self.assertEqual(days._is_working_day(day), worked, day)

    def test_add_working_days(self):
        days = self.env["bphs.working.day"]
        self.assertEqual(days._add_working_days(date(2025, 9, 30), 1), date(2025, 10, 9))
        self.assertEqual(days._add_working_days(date(2025, 9, 30), 3), date(2025, 10, 11))
        self.assertEqual(days._add_working_days(date(2025, 9, 27), 1), date(2025, 9, 28))
        self.assertEqual(days._add_working_days(date(2025, 6, 3), 0), date(2025, 6, 3))
        self.assertEqual(days._add_working_days(date(2025, 6, 3), 5), date(2025, 6, 10))
