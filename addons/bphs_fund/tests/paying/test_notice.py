from freezegun import freeze_time

from odoo.exceptions import UserError
from odoo.tests import tagged

from odoo.addons.bphs_base.tests.stored_defaults import store_default

from ..paying_case import PayingCase


@tagged("post_install", "-at_install")
class TestNotice(PayingCase):
    """Settled money is paid after its public notice, prepaid money without."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.arrive(central=10000.0)
        account = cls.account(cls.clinic_a1, "王医生", "99990000000000001")
        cls.payees(cls.clinic_a1, ("王医生", account, 1))
        cls.prepay(cls.q1)
        cls.work(cls.clinic_a1, cls.q1, {cls.item_ehr: 100, cls.item_htn: 10})
        cls.score(cls.clinic_a1, cls.q1, 92)
        with freeze_time("2025-04-09 02:00:00"):
            cls.settled_run = cls.settle(cls.q1)  # 280.00 settled, 105.00 prepaid

    def _notice(self, key="finance_officer", **values):
        return self.as_user(key, "bphs.fund.notice").create(
            {"run_id": self.settled_run.id, "place": "各村公示栏", "phone": "0355-0000000", **values}
        )

    @freeze_time("2025-04-10 02:00:00")
    def test_settled_money_waits_for_the_notice(self):
        payment = self.batch(kind="pay")
        self.assertFalse(payment.line_ids)
        self.assertEqual(payment.left_ids.amount, 175.00)
        self.assertEqual(self.batch(kind="prepaid").total_amount, 105.00)
        notice = self._notice()
        self.assertEqual(str(notice.date_start), "2025-04-10")
        self.assertEqual(str(notice.date_end), "2025-04-21")  # seven working days
        notice.action_publish()
        payment.action_fill()
        self.assertFalse(payment.line_ids)
        with self.assertRaisesRegex(UserError, "2025-04-21"):
            notice.action_close("none")
        with freeze_time("2025-04-21 12:00:00"), self.refused("its result is recorded after"):  # the 22nd, but not here
            notice.with_context(tz="Pacific/Kiritimati").action_close("none")
        with freeze_time("2025-04-22 02:00:00"):
            with self.refused("Say what was objected and how it was settled"):
                notice.action_close("settled", "")
            notice.action_close("none")
        payment.action_fill()
        self.assertEqual(payment.total_amount, 175.00)

    def test_no_stored_default_closes_a_notice(self):
        """It was closed so in two colleagues' names, and a batch was paid that no village ever saw."""
        mine, other = self.user["finance_officer"], self.user["finance_officer_2"]
        for name, value in (
            ("state", "closed"),
            ("result", "none"),
            ("published_by_id", other.id),
            ("closed_by_id", other.id),
            ("date_end", "2025-01-02"),
        ):
            store_default(self.env, "bphs.fund.notice", name, value, mine)
        with freeze_time("2025-04-10 02:00:00"):
            notice = self._notice()
        self.assertRecordValues(
            notice, [{"state": "draft", "result": False, "published_by_id": False, "closed_by_id": False}]
        )
        self.assertEqual(str(notice.date_end), "2025-04-21")
        self.assertFalse(notice._finished_runs(self.settled_run))

    def test_never_before_the_approval(self):
        """The county approved on the 9th of April."""
        self.assertEqual(str(self.settled_run._approval_approved_on()), "2025-04-09")
        for now, first, note, good in (
            ("2025-04-09 02:00:00", "2025-04-08", "王干事，张贴于村务公开栏", False),  # before the approval
            ("2025-04-09 02:00:00", "2024-12-01", "", False),
            ("2025-04-09 02:00:00", "2025-04-09", "", True),
            ("2025-04-11 02:00:00", "2025-04-09", "", False),  # before today, and nobody named
            ("2025-04-11 02:00:00", "2025-04-09", " ", False),
            ("2025-04-11 02:00:00", "2025-04-09", "王干事，张贴于村务公开栏", True),
            ("2025-04-17 02:00:00", "2025-04-09", "王干事，张贴于村务公开栏", False),  # more than a week ago
            ("2025-04-17 02:00:00", "2025-04-10", "王干事，张贴于村务公开栏", True),
            ("2025-04-17 02:00:00", "2025-04-21", "", True),
        ):
            with self.subTest(f"{now} {first} {note}"), freeze_time(now):
                notice = self._notice(date_start=first, posted_note=note)
                with self.cr.savepoint() as savepoint:
                    if good:
                        notice.action_publish()
                        self.assertEqual(notice.published_by_id, self.user["finance_officer"])
                        self.assertTrue(notice.published_at)
                    else:
                        with self.refused(
                            ("What hung on paper is entered within", "is over. Say who posted the notice on paper")
                        ):
                            notice.action_publish()
                        self.assertEqual(notice.state, "draft")
                    savepoint.rollback()
                self.env.invalidate_all()
                notice.unlink()

    def test_the_clients_own_day_is_not_the_countys(self):
        with freeze_time("2025-04-11 12:00:00"):  # the 12th in Kiribati, still the 11th in the county
            notice = self._notice(date_start="2025-04-10")
            with self.refused("is over. Say who posted the notice on paper"):
                notice.with_context(tz="Pacific/Pago_Pago").action_publish()
            with self.refused("The state and result of a notice are set by its"):
                notice.write({"published_at": "2025-04-10"})

    @freeze_time("2025-04-10 02:00:00")
    def test_a_holiday_corrected_before_it_is_shown_counts(self):
        notice = self._notice()
        self.env["bphs.working.day"].create({"date": "2025-04-14", "kind": "holiday", "name": "更正"})
        notice.action_publish()
        self.assertEqual(str(notice.date_end), "2025-04-22")

    def test_a_year_without_holidays_is_told_before_it_is_shown(self):
        notice = self._notice(date_start="2030-12-20")
        self.assertIn("2030", notice.calendar_note)
        notice.date_start = "2025-04-10"
        self.assertFalse(notice.calendar_note)
        with freeze_time("2030-01-07 02:00:00"):
            run = self.as_user("finance_officer", "bphs.fund.run").create(
                {"institution_id": self.bureau.id, "period_id": self.q1.id}
            )
            self.assertFalse(run.calendar_note)
            self.work(self.clinic_b1, self.q1, {self.item_ehr: 100})
            self.score(self.clinic_b1, self.q1, 92)
            run.action_compute()
            self.assertIn("2030", run.calendar_note)

    def test_a_published_notice_stays(self):
        notice = self._notice()
        with self.refused("The state and result of a notice are set by its"):
            notice.write({"state": "closed"})
        notice.action_publish()
        for step in (notice.action_publish, notice.unlink, lambda: notice.write({"days": 1})):
            with self.refused(("is on show already", "A notice that was published stays as it was")):
                step()

    def test_fewer_days_than_the_scheme_demands(self):
        with self.assertRaisesRegex(UserError, "7"):
            self._notice(days=3).action_publish()

    def test_who(self):
        notice = self._notice("primary_care_officer")
        for key in ("deputy_leader", "auditor", "administrator"):
            with self.no_right("write", "bphs.fund.notice"):
                self.as_user(key, notice).action_publish()
        self.assertFalse(self.as_user("primary_care_officer", "bphs.fund.notice").search([]) - notice)
