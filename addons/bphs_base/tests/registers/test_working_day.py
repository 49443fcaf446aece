from datetime import date, datetime, timedelta

from odoo.tests import TransactionCase, tagged
from odoo.tools.convert import convert_file


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

    def test_the_notices_of_two_years(self):
        """What the notices of 2025 and 2026 say, as published: first and last day of each holiday; worked days."""
        published = {
            "国办发明电〔2024〕12号": (
                ("0101 0101", "0128 0204", "0404 0406", "0501 0505", "0531 0602", "1001 1008"),
                ("0126", "0208", "0427", "0928", "1011"),
            ),
            "国办发明电〔2025〕7号": (
                ("0101 0103", "0215 0223", "0404 0406", "0501 0505", "0619 0621", "0925 0927", "1001 1007"),
                ("0104", "0214", "0228", "0509", "0920", "1010"),
            ),
        }
        for year, (source, (holidays, worked)) in enumerate(published.items(), 2025):
            expected = {datetime.strptime(f"{year}{day}", "%Y%m%d").date(): "workday" for day in worked}
            for span in holidays:
                first, last = (datetime.strptime(f"{year}{day}", "%Y%m%d").date() for day in span.split())
                for offset in range((last - first).days + 1):
                    expected[first + timedelta(days=offset)] = "holiday"
            entered = self.env["bphs.working.day"].search(
                [("date", ">=", date(year, 1, 1)), ("date", "<=", date(year, 12, 31))]
            )
            self.assertEqual({day.date: day.kind for day in entered}, expected)
            self.assertEqual(set(entered.mapped("source")), {source})

    def test_an_update_keeps_what_the_county_corrected(self):
        """Neither is a corrected day written over, nor a deleted one brought back."""
        day, gone = (self.env.ref(f"bphs_base.working_day_2026{text}") for text in ("1010", "0920"))
        day.write({"kind": "holiday", "source": "更正"})
        gone.unlink()
        convert_file(self.env, "bphs_base", "data/bphs_working_day_data.xml", {}, "update", noupdate=True)
        self.env.invalidate_all()
        self.assertEqual((day.kind, day.source), ("holiday", "更正"))
        self.assertFalse(self.env["bphs.working.day"].search([("date", "=", "2026-09-20")]))

    def test_a_year_that_is_not_entered_is_told(self):
        days = self.env["bphs.working.day"]
        self.assertFalse(days._unlisted_note(date(2025, 12, 20), date(2026, 1, 20)))
        self.assertIn("2031", days._unlisted_note(date(2031, 1, 5), date(2031, 1, 20)))
        note = days._unlisted_note(date(2026, 12, 20), date(2027, 1, 20))
        self.assertIn("2027", note)
        self.assertNotIn("2026", note)
        days.create({"date": "2027-01-01", "kind": "holiday", "name": "元旦"})
        self.assertFalse(days._unlisted_note(date(2026, 12, 20), date(2027, 1, 20)))

    def test_add_working_days(self):
        days = self.env["bphs.working.day"]
        self.assertEqual(days._add_working_days(date(2025, 9, 30), 1), date(2025, 10, 9))
        self.assertEqual(days._add_working_days(date(2025, 9, 30), 3), date(2025, 10, 11))
        self.assertEqual(days._add_working_days(date(2025, 9, 27), 1), date(2025, 9, 28))
        self.assertEqual(days._add_working_days(date(2025, 6, 3), 0), date(2025, 6, 3))
        self.assertEqual(days._add_working_days(date(2025, 6, 3), 5), date(2025, 6, 10))
