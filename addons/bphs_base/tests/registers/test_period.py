from datetime import date, timedelta

from psycopg2 import IntegrityError

from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import SQL, mute_logger

from ..common import CountyCase
from ..guarded import GuardedFigure, add_test_models


@tagged("post_install", "-at_install")
class TestPeriod(CountyCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        add_test_models(cls, GuardedFigure)
        cls.figure_a, cls.figure_b = cls.env["bphs.test.guarded"].create(
            [
                {"period_id": cls.q1.id, "institution_id": clinic.id, "quantity": 1}
                for clinic in (cls.clinic_a1, cls.clinic_b1)
            ]
        )
        cls.env.flush_all()

    def lock(self, period=None, **kwargs):
        self.as_user("finance_officer", period or self.q1).action_lock("季度结算完成", **kwargs)

    def values(self, clinic=None, period=None):
        return {
            "period_id": (period or self.q1).id,
            "institution_id": (clinic or self.clinic_a1).id,
            "quantity": 5,
        }

    def assertSqlRefused(self, statement, *args):
        self.env.flush_all()
        with (
            mute_logger("odoo.sql_db"),
            self.refused("is locked", "nothing may be written", kind=IntegrityError),
            self.env.cr.savepoint(),
        ):
            self.env.cr.execute(SQL(statement, *args))

    def assertAllRefused(self, figure):
        """Every way to write that figure's period and institution is refused."""
        where = (figure.period_id.id, figure.institution_id.id)
        with self.assertRaisesRegex(UserError, figure.period_id.code):
            figure.sudo().quantity = 2
        with self.refused("nothing may be added, changed or deleted"):
            figure.sudo().unlink()
        with self.refused("nothing may be added, changed or deleted"):
            figure.sudo().copy()
        with self.refused("nothing may be added, changed or deleted"):
            figure.sudo().with_context(bphs_force=True).period_id = self.q4
        self.assertSqlRefused("UPDATE bphs_test_guarded SET quantity = 3 WHERE id = %s", figure.id)
        self.assertSqlRefused("UPDATE bphs_test_guarded SET period_id = %s WHERE id = %s", self.q4.id, figure.id)
        self.assertSqlRefused("DELETE FROM bphs_test_guarded WHERE id = %s", figure.id)
        self.assertSqlRefused("TRUNCATE bphs_test_guarded")
        self.assertSqlRefused("INSERT INTO bphs_test_guarded (period_id, institution_id) VALUES (%s, %s)", *where)
        self.assertEqual(figure.exists().quantity, 1)

    def test_create_year(self):
        periods = self.env["bphs.period"]
        year = periods._create_year(2031)
        self.assertEqual(periods._create_year(2031), year)
        self.assertEqual(year.child_ids.sorted("code").mapped("code"), [f"2031Q{n}" for n in (1, 2, 3, 4)])
        self.assertEqual(year.child_ids.sorted("code")[1].date_end, date(2031, 6, 30))
        mch = periods.search([("code", "=", "2031MCH")])
        self.assertRecordValues(
            mch,
            [{"kind": "mch_year", "date_start": date(2030, 10, 1), "date_end": date(2031, 9, 30)}],
        )
        with self.refused("does not lie within"):
            self.q1.date_end = date(2026, 1, 1)

    def test_open_period_is_written(self):
        self.figure_a.quantity = 2
        other = self.env["bphs.test.guarded"].create(self.values())
        self.env.flush_all()
        self.env.cr.execute("UPDATE bphs_test_guarded SET quantity = quantity + 4")
        self.env.invalidate_all()
        self.assertEqual(self.figure_a.quantity, 6)
        self.figure_b.unlink()
        self.assertEqual(self.env["bphs.test.guarded"].search([]), self.figure_a | other)

    def test_locked_for_everyone(self):
        self.lock()
        self.assertAllRefused(self.figure_a)
        self.assertAllRefused(self.figure_b)
        self.env["bphs.test.guarded"].create(self.values(period=self.q2))

    def test_a_figure_is_not_moved_into_a_locked_period(self):
        self.lock(self.q2)
        with self.refused("nothing may be added, changed or deleted"):
            self.figure_a.period_id = self.q2
        self.assertSqlRefused("UPDATE bphs_test_guarded SET period_id = %s", self.q2.id)

    def test_locked_year_closes_its_quarters(self):
        self.lock(self.year)
        self.assertAllRefused(self.figure_a)

    def test_locked_for_one_township(self):
        self.lock(institution_id=self.township_a.id)
        self.assertAllRefused(self.figure_a)
        self.figure_b.quantity = 2
        self.as_user("finance_officer", self.q1).action_unlock("更正", institution_id=self.township_a.id)
        self.figure_a.quantity = 2

    def test_unlock_opens(self):
        self.lock()
        self.as_user("administrator", self.q1).action_unlock("更正")
        self.figure_a.quantity = 2
        self.assertEqual(self.q1.event_ids.mapped("kind"), ["unlock", "lock"])
        self.assertEqual(self.q1.event_ids[1].user_id, self.user["finance_officer"])
        self.assertFalse(self.q1.locked_by_id)
        self.assertEqual(self.q1.lock_version, 2)

    def test_exception_opens_for_its_institution_and_days(self):
        self.lock()
        today = self.q1._county_today()
        exceptions = self.as_user("finance_officer", "bphs.period.exception")
        past = {
            "period_id": self.q1.id,
            "institution_id": self.township_b.id,
            "reason": "漏报更正",
            "date_from": today - timedelta(days=9),
            "date_to": today - timedelta(days=1),
        }
        exceptions.create(past)
        self.assertAllRefused(self.figure_b)
        granted = exceptions.create({**past, "date_to": today, "granted_by_id": self.user["leader"].id})
        self.assertEqual(granted.granted_by_id, self.user["finance_officer"])
        self.figure_b.quantity = 7
        self.env.flush_all()
        self.assertAllRefused(self.figure_a)
        with self.refused("an entry once made is never changed or deleted"):
            granted.sudo().date_to = today + timedelta(days=100)
        with self.refused("Give the reason"):
            exceptions.create({**past, "reason": " "})

    def test_who_locks_and_grants(self):
        today = self.q1._county_today()
        for key in self.user:
            period = self.as_user(key, self.q1)
            grant = {
                "period_id": self.q1.id,
                "institution_id": self.clinic_a1.id,
                "reason": "更正",
                "date_to": today,
            }
            exceptions = self.as_user(key, "bphs.period.exception")
            if key.startswith(("administrator", "finance_officer")):
                period.action_lock("结算")
                period.action_unlock("结算")
                exceptions.create(grant)
                continue
            locks = "Only the bureau administrator or a finance officer locks"
            for attempt, words in (
                (lambda period=period: period.action_lock("结算"), locks),
                (lambda period=period: period.action_unlock("结算"), locks),
                (lambda period=period: period.action_lock("结算", institution_id=self.clinic_a1.id), locks),
                (lambda exceptions=exceptions, grant=grant: exceptions.create(grant), locks),
                (lambda period=period: period.write({"code": "x"}), "bphs.period"),
            ):
                with self.denied(words, msg=key):
                    attempt()

    def test_lock_only_by_its_buttons(self):
        period = self.as_user("administrator", self.q1)
        with self.refused("Give the reason"):
            period.action_lock("  ")
        for field in ("locked", "lock_version", "lock_reason"):
            with self.refused("A period is locked and unlocked by its buttons, with a reason"):
                period.write({field: 1})
        with self.refused("A period is locked and unlocked by its buttons, with a reason"):
            period.create(
                {
                    "code": "x",
                    "kind": "year",
                    "date_start": "2030-01-01",
                    "date_end": "2030-12-31",
                    "locked": True,
                }
            )
        with self.no_right("create", "bphs.period.lock"):
            self.as_user("administrator", "bphs.period.lock").create(
                {"period_id": self.q1.id, "institution_id": self.clinic_a1.id}
            )
        self.lock()
        with self.refused("is locked and cannot be changed"):
            period.date_end = date(2025, 3, 30)
        with self.refused("is locked and cannot be changed"):
            period.unlink()

    def test_lock_wizard(self):
        action = self.as_user("finance_officer", self.q1).action_open_lock_wizard()
        wizard = (
            self.as_user("finance_officer", action["res_model"])
            .with_context(**action["context"])
            .create({"reason": "结算完成"})
        )
        wizard.action_apply()
        self.assertTrue(self.q1.locked)
