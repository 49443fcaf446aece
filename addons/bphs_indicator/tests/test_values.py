from datetime import date, datetime, timedelta

from dateutil.relativedelta import relativedelta
from psycopg2.errors import IntegrityError

from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import IndicatorCase


@tagged("post_install", "-at_install")
class TestValues(IndicatorCase):
    """Open months are told anew, frozen ones stay, late entries stand beside."""

    def setUp(self):
        super().setUp()
        self.old = self.month - relativedelta(months=2)
        self.count(self.old)
        self.count()

    def frozen(self):
        self.Value._freeze(self.month - relativedelta(months=1))
        return self.value("ELDER_MANAGED", self.township_a, self.old)

    def test_an_open_month_is_told_anew(self):
        self.assertEqual(self.parts("ELDER_MANAGED", self.township_a), (0, 2))
        self.full(self.zhang, "elder_exam", done_on=self.today)
        self.count()
        value = self.value("ELDER_MANAGED", self.township_a)
        self.assertEqual((value.numerator, value.frozen, value.is_late), (1, False, False))
        self.assertEqual(value.date_to, self.today)
        self.assertEqual(len(value), 1)

    def test_a_frozen_month_stays_and_late_entries_are_told_beside(self):
        value = self.frozen()
        self.assertTrue(value.frozen)
        self.assertFalse(self.value("ELDER_MANAGED", self.township_a).frozen)
        self.count(self.old)
        self.assertFalse(value.is_late)
        self.full(self.zhang, "elder_exam", done_on=self.old)
        self.count(self.old)
        self.assertEqual((value.numerator, value.live_numerator, value.is_late), (0, 1, True))
        self.assertEqual(value.shown, "0.00%")

    def test_of_the_two_illnesses_what_was_entered_late_is_told_too(self):
        """Files with them are for named persons: of the figure without these nothing ever changes."""
        indicator = self.indicator("SMI_MANAGED")
        row = {
            **self.Value._head(indicator, self.township_a, self.old, self.old),
            **{"numerator": 0, "denominator": 0, "numerator_whole": 40, "denominator_whole": 50},
            "has_denominator": True,
            "base": "",
        }
        self.Value._judge_rows([row])
        self.Value._keep([row])
        self.Value._freeze(self.month - relativedelta(months=1))
        value = self.value("SMI_MANAGED", self.township_a, self.old)
        self.Value._keep([row])
        self.assertFalse(value.is_late)
        self.Value._keep([row | {"numerator_whole": 41}])
        value = self.value("SMI_MANAGED", self.township_a, self.old)
        self.assertEqual((value.is_late, value.live_numerator), (True, 41))
        self.name_person("primary_care_officer")
        # Who may read it reads the whole figure on the board as well.
        told = self.as_user("primary_care_officer", self.Value).board(self.old.isoformat())
        cell = told["cells"].get(f"{self.township_a.id}|SMI_MANAGED")
        self.assertEqual((cell["shown"], cell["parts"], cell["rate"], cell["late"]), ("80%", "40 / 50", 80, True))

    def test_the_database_holds_what_is_frozen(self):
        value = self.frozen()
        for statement in (
            "UPDATE bphs_indicator_value SET numerator = 9 WHERE id = %s",
            "UPDATE bphs_indicator_value SET frozen = FALSE WHERE id = %s",
            "DELETE FROM bphs_indicator_value WHERE id = %s",
        ):
            with mute_logger("odoo.sql_db"), self.refused("A frozen value is never changed", kind=IntegrityError):
                self.env.cr.execute(statement, [value.id])

    def test_nobody_deletes_a_value(self):
        with self.refused("counted, not deleted"):
            self.value("ELDER_MANAGED", self.township_a).unlink()

    def test_the_night_counts_two_months_and_once_a_month_fifteen(self):
        jobs = self.env["queue.job"]
        before = jobs.search_count([("model_name", "=", "bphs.indicator.value")])
        self.Value._cron_count()
        first = jobs.search_count([("model_name", "=", "bphs.indicator.value")])
        self.assertEqual(first - before, 15)
        self.frozen()
        self.count(self.old)
        jobs.search([("model_name", "=", "bphs.indicator.value")]).unlink()
        self.Value._cron_count()
        self.assertEqual(jobs.search_count([("model_name", "=", "bphs.indicator.value")]), 2)

    def test_a_month_begins_at_midnight_of_the_county(self):
        first = self.today.replace(day=1)
        self.assertEqual(self.Value._county_midnight(date(2026, 12, 1)), datetime(2026, 11, 30, 16))
        value = self.frozen()
        for minutes, again in ((-1, True), (0, False)):
            moment = self.Value._county_midnight(first) + timedelta(minutes=minutes)
            self.env.cr.execute("UPDATE bphs_indicator_value SET live_at = %s WHERE frozen", [moment])
            value.invalidate_recordset()
            self.assertEqual(self.Value._is_first_night(self.today), again)

    def test_a_job_counts_and_freezes(self):
        self.Value._count_and_freeze(self.old.isoformat(), (self.month - relativedelta(months=1)).isoformat())
        self.assertTrue(self.value("ELDER_MANAGED", self.township_a, self.old).frozen)

    def test_fewer_than_five_are_not_published(self):
        value = self.value("ELDER_MANAGED", self.township_a)
        self.assertEqual(value.published, "fewer than 5")

    def test_the_county_is_its_lowest_township_where_a_notice_says_so(self):
        self.full(self.zhang, "elder_exam", done_on=self.today)
        indicator = self.indicator("ELDER_MANAGED")
        rows = self.Value._rows_of(self.month, indicator)
        by_place = {row["institution_id"]: row for row in rows}
        elder = self.make("钱老", self.village_b1, "19500101", 31)
        self.assertEqual(elder.institution_id, self.clinic_b1)
        self.env.flush_all()
        rows = self.Value._rows_of(self.month, indicator)
        self.Value._take_lowest(rows)
        by_place = {row["institution_id"]: row for row in rows}
        county = by_place[self.bureau.id]
        self.assertEqual((county["numerator"], county["denominator"]), (0, 1))
