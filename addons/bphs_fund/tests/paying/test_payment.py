from ast import literal_eval

from lxml import etree
from psycopg2 import IntegrityError

from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.bphs_base.tests.stored_defaults import store_default
from odoo.addons.bphs_base.tools.money import to_decimal

from ..paying_case import PayingCase


@tagged("post_install", "-at_install")
class TestPayment(PayingCase):
    """Batches: what goes in, what stays behind, how it is split over the sources, and what the bank does."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.arrive(central=600.0, province=200.0, city=40.0, county=160.0)
        cls.wang = cls.account(cls.clinic_a1, "王医生", "99990000000000001")
        cls.li = cls.account(cls.clinic_a1, "李医生", "99990000000000002")
        cls.payees(cls.clinic_a1, ("王医生", cls.wang, 0.6), ("李医生", cls.li, 0.4))
        cls.prepay(cls.q1)  # 600 yuan a year, 70 %, a quarter: 105.00 a clinic

    # === FILLING === #

    def test_fills_with_what_is_open_and_says_what_stays_behind(self):
        payment = self.batch()
        self.assertRecordValues(
            payment.line_ids.sorted("amount"),
            [
                {"payee_name": "李医生", "amount": 42.00, "state": "draft"},
                {"payee_name": "王医生", "amount": 63.00, "state": "draft"},
            ],
        )
        self.assertEqual(payment.left_ids.institution_id, self.clinic_b1)
        self.assertIn("payee", payment.left_ids.reason)
        self.assertEqual(payment.left_ids.amount, 105.00)

    def test_no_stored_default_numbers_a_batch_or_its_transfers(self):
        """The next batch was blocked so, its number taken."""
        mine = self.user["finance_officer"]
        for model, name, value in (
            ("bphs.fund.payment", "number", "FK2025-0001"),
            ("bphs.fund.payment", "approval_state", "approved"),
            ("bphs.fund.payment.line", "state", "paid"),
            ("bphs.fund.payment.line", "voucher", "x"),
            ("bphs.fund.payment.line", "paid_on", "2025-01-01"),
        ):
            store_default(self.env, model, name, value, mine)
        payment = self.batch()
        self.assertRecordValues(payment, [{"number": False, "approval_state": "draft"}])
        self.assertEqual(set(payment.line_ids.mapped("state")), {"draft"})
        self.assertFalse(any(payment.line_ids.mapped("voucher")) or any(payment.line_ids.mapped("paid_on")))

    def test_filling_twice_changes_nothing(self):
        payment = self.batch()
        before = payment.line_ids.mapped(lambda line: (line.payable_id, line.payee_name, line.amount))
        payment.action_fill()
        self.assertEqual(payment.line_ids.mapped(lambda line: (line.payable_id, line.payee_name, line.amount)), before)

    def test_unverified_and_missing_accounts_are_listed(self):
        draft = self.account(self.clinic_b1, "赵医生", "99990000000000003", verify=False)
        self.payees(self.clinic_b1, ("赵医生", draft, 1))
        payment = self.batch()
        self.assertIn("赵医生", payment.left_ids.reason)
        self.countersign(draft)
        payment.action_fill()
        self.assertFalse(payment.left_ids)
        self.assertEqual(payment.total_amount, 210.00)

    def test_an_amount_is_in_one_batch_only(self):
        self.batch()
        other = self.batch("finance_officer_2")
        self.assertFalse(other.line_ids)

    def test_the_database_refuses_to_pay_more_than_is_owed(self):
        line = self.batch().line_ids[0].sudo()
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError), self.cr.savepoint():
            line.copy({"payment_id": line.payment_id.id, "payee_id": False})
            self.env.flush_all()

    def test_other_terms_empty_the_batch(self):
        payment = self.batch()
        payment.date = "2025-06-30"
        self.assertFalse(payment.line_ids)
        self.assertFalse(payment.left_ids)

    def test_the_township_path_pays_the_hospital(self):
        self.account(self.township_a, self.township_a.name, "99990000000000009")
        self.pay_by("township")
        payment = self.batch()
        self.assertEqual(payment.line_ids.payee_name, self.township_a.name)
        self.assertIn(self.township_b.name, payment.left_ids.reason)

    # === APPROVAL === #

    def test_splits_over_the_sources_at_the_final_approval(self):
        payment = self.batch()
        self.pay_batch(payment)
        self.assertEqual(
            {split.source_id.level: to_decimal(split.amount) for split in payment.split_ids},
            {
                key: to_decimal(value)
                for key, value in {"central": "63.00", "province": "21.00", "city": "4.20", "county": "16.80"}.items()
            },
        )
        self.assertEqual(self.available(), {"central": 537.00, "province": 179.00, "city": 35.80, "county": 143.20})
        self.assertTrue(payment.number)
        self.assertEqual(set(payment.line_ids.mapped("state")), {"to_pay"})
        self.assertEqual(payment.line_ids.payable_id.state, "in_batch")

    def test_an_account_given_up_meanwhile_is_not_paid(self):
        self.arrive(central=600.0)
        for late in (False, True):
            payment = self.batch()
            line = payment.line_ids.filtered("payee_id")[0]
            with self.cr.savepoint() as savepoint:
                if late:
                    payment.action_approval_submit()
                    self.approve(payment, "finance_officer_2")
                self.as_user("finance_officer_2", line.account_id).action_archive()
                with self.subTest(late), self.assertRaisesRegex(UserError, "fill it again"), self.cr.savepoint():
                    if late:
                        self.approve(payment, "deputy_leader")
                    else:
                        payment.action_approval_submit()
                self.assertNotEqual(payment.approval_state, "approved")
                savepoint.rollback()
            self.env.invalidate_all()
            payment.unlink()

    def test_payees_changed_between_filling_and_handing_in(self):
        """Filled while another is the payee, put right again, and handed in."""
        payment = self.batch()
        payee = payment.line_ids.payee_id[0]
        number = "99990000000000088"
        payee.account_id = self.account(payee.institution_id, payee.name, number)
        with self.assertRaisesRegex(UserError, "fill it again"):
            payment.action_approval_submit()
        payment.action_fill()
        payment.action_approval_submit()
        self.assertIn(number, payment.line_ids.account_id.mapped("account_number"))

    def test_a_shortfall_refuses_the_whole_batch_and_names_it(self):
        receipt = self.create_receipt("central", 1.0)
        self.countersign(receipt)
        self.env["bphs.fund.entry"]._post(
            [
                {
                    "budget_id": self.budget.id,
                    "kind": "payment",
                    "institution_id": self.clinic_a1.id,
                    "period_id": self.q1.id,
                    "source_id": self.source[level].id,
                    "amount": -amount,
                    "origin_model": "res.users",
                    "origin_id": 1,
                }
                for level, amount in (("central", 600), ("province", 200), ("city", 40), ("county", 100))
            ]
        )
        payment = self.batch()
        payment.action_approval_submit()
        self.approve(payment, "finance_officer_2")
        entries = self.env["bphs.fund.entry"].search_count([])
        with self.assertRaisesRegex(UserError, r"44\.00"), self.cr.savepoint():
            self.approve(payment, "deputy_leader")
        self.env.invalidate_all()
        self.assertEqual(payment.approval_state, "submitted")
        self.assertEqual(self.env["bphs.fund.entry"].search_count([]), entries)
        self.assertFalse(payment.split_ids)

    def test_the_maker_does_not_approve(self):
        payment = self.batch()
        payment.action_approval_submit()
        with self.denied("You computed, edited or submitted"):
            self.approve(payment, "finance_officer")

    def test_nothing_changes_under_approval(self):
        payment = self.batch()
        payment.action_approval_submit()
        for step in (payment.action_fill, payment.unlink, lambda: payment.write({"date": "2025-01-01"})):
            with self.refused("is under approval or approved and cannot be"), self.cr.savepoint():
                step()
        self.assertEqual(payment.line_count, 2)

    # === BANK === #

    def test_paid_with_voucher(self):
        payment = self.batch()
        with self.refused("is not approved yet"):
            payment.action_mark_paid("记-12", "2025-04-01")
        self.pay_batch(payment)
        payment.action_mark_paid("记-12", "2025-04-01")
        self.assertRecordValues(payment.line_ids, [{"state": "paid", "voucher": "记-12"}] * 2)
        self.assertEqual(payment.line_ids.payable_id.state, "paid")
        with self.refused("No transfer is waiting for the bank"):
            payment.action_mark_paid("记-12", "2025-04-01")

    def test_a_refused_transfer_is_open_again_and_its_money_is_back(self):
        payment = self.batch()
        self.pay_batch(payment)
        line = payment.line_ids.filtered(lambda line: line.payee_name == "王医生")
        with self.refused("The reason the bank gave is needed"):
            line.action_mark_failed(" ")
        self.refuse(line, "账号已销户")
        payment.action_mark_paid("记-13", "2025-04-01")
        self.assertEqual(line.state, "failed")
        self.assertEqual(line.payable_id.open_amount, 63.00)
        self.assertEqual(sum(self.available().values()), 1000.00 - 42.00)
        again = self.batch()
        self.assertRecordValues(again.line_ids, [{"payee_name": "王医生", "amount": 63.00}])
        self.pay_batch(again)
        self.assertEqual(sum(self.available().values()), 1000.00 - 105.00)
        with self.refused("is not waiting for the bank"):
            line.action_mark_failed("再次")

    def test_a_refusal_is_one_persons_word_and_anothers(self):
        payment = self.batch()
        self.pay_batch(payment)
        line = payment.line_ids.filtered(lambda line: line.payee_name == "王医生")
        first, second = self.as_user("finance_officer", line), self.as_user("finance_officer_2", line)
        with self.assertRaisesRegex(UserError, "no refusal"):
            second.action_confirm_failed()
        first.action_mark_failed("账号已销户")
        self.assertEqual((line.state, line.payable_id.open_amount), ("refused", 0), "nothing is open again yet")
        self.assertFalse(self.batch().line_ids, "nor comes with another batch")
        self.assertEqual((first.can_confirm_failed, second.can_confirm_failed), (False, True))
        with self.assertRaisesRegex(UserError, "second person"):
            first.action_confirm_failed()
        payment.action_mark_paid("记-13", "2025-04-01")
        self.assertEqual(set(payment.line_ids.mapped("state")), {"refused", "paid"})
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"), self.cr.savepoint():
            line.sudo()._write_state({"failed_by_id": line.refused_by_id.id})
            self.env.flush_all()
        first.action_withdraw_failed()
        self.assertRecordValues(line, [{"state": "to_pay", "fail_reason": False, "refused_by_id": False}])
        second.action_mark_failed("账号已销户")
        first.action_confirm_failed()
        self.assertRecordValues(line, [{"state": "failed", "failed_by_id": first.env.uid}])
        self.assertEqual(line.payable_id.open_amount, 63.00)
        for late in (first.action_confirm_failed, second.action_withdraw_failed):
            with self.refused("no refusal waits to be confirmed"):
                late()

    def test_the_bank_paid_on_a_day_that_has_come(self):
        payment = self.batch()
        self.pay_batch(payment)
        for day in (False, "2099-01-01", "明天", 20250401, None):
            with self.subTest(day), self.assertRaisesRegex(UserError, "day the bank paid"):
                payment.action_mark_paid("记-12", day)
        self.assertEqual(set(payment.line_ids.mapped("state")), {"to_pay"})

    def test_the_path_is_that_of_the_scheme(self):
        batches = self.as_user("finance_officer", "bphs.fund.payment")
        with self.assertRaisesRegex(UserError, "cannot be set"):
            batches.create({"budget_id": self.budget.id, "path": "clinic"})
        payment = self.batch()
        with self.assertRaisesRegex(UserError, "cannot be set"), self.cr.savepoint():
            payment.write({"path": "clinic"})
        made = batches.with_context(default_path="clinic").create({"budget_id": self.budget.id})
        self.assertEqual(made.path, "doctor")
        self.account(self.clinic_a1, self.clinic_a1.name, "99990000000000010")
        self.pay_by("clinic")
        with self.assertRaisesRegex(UserError, "pays another way"):
            payment.action_approval_submit()
        payment.action_fill()
        self.assertEqual((payment.path, payment.line_ids.payee_name), ("clinic", self.clinic_a1.name))

    # === WHO === #

    def test_nobody_but_the_steps_moves_transfers(self):
        payment = self.batch()
        for key in ("finance_officer", "finance_officer_2", "leader", "administrator", "township_accountant_a"):
            line = self.as_user(key, payment.line_ids[0])
            with self.no_right("write", "bphs.fund.payment.line"):
                line.write({"state": "paid"})
            with self.no_right("create", "bphs.fund.payment.line"):
                line.env[line._name].create(
                    {
                        "payment_id": payment.id,
                        "payable_id": line.sudo().payable_id.id,
                        "payee_name": "x",
                        "account_id": self.wang.id,
                        "amount": 1,
                    }
                )
        with self.no_right("write", "bphs.fund.payment"):
            self.as_user("deputy_leader", payment).action_fill()
        with self.denied("Only finance records what the bank did"):
            self.as_user("primary_care_officer", payment.line_ids[0]).action_mark_failed("x")

    def test_township_and_doctor_see_their_own_payments_and_no_account(self):
        payment = self.batch()
        self.pay_batch(payment)
        for key in ("township_director_a", "village_doctor_a1"):
            lines = self.as_user(key, "bphs.fund.payment.line").search([])
            self.assertEqual(lines.institution_id, self.clinic_a1)
            with self.denied("allowed for groups"):
                lines.read(["account_id"])
        self.assertFalse(self.as_user("village_doctor_b1", "bphs.fund.payment.line").search([]))
        self.assertFalse(self.as_user("township_director_b", "bphs.fund.payment.line").search([]))

    def test_township_accountant_confirms_receipt(self):
        self.account(self.township_a, self.township_a.name, "99990000000000009")
        self.pay_by("township")
        payment = self.batch()
        self.pay_batch(payment)
        line = payment.line_ids
        mine = self.as_user("township_accountant_a", line)
        with self.refused("only money paid through the township"):
            mine.action_confirm_received()
        payment.action_mark_paid("记-14", "2025-04-01")
        with self.denied("not within your scope"):
            self.as_user("township_accountant_b", line).action_confirm_received()
        with self.denied("Only the township's accountant confirms this"):
            self.as_user("finance_officer", line).action_confirm_received()
        search_view = etree.fromstring(mine.get_view(view_type="search")["arch"])
        (waiting,) = search_view.xpath("//filter[@name='to_receive']/@domain")
        self.assertEqual(mine.search(literal_eval(waiting)), mine)
        mine.action_confirm_received()
        self.assertFalse(mine.search(literal_eval(waiting)))
        mine.action_confirm_passed_on()
        self.assertTrue(line.received_on and line.passed_on)
        with self.refused("received already"):
            mine.action_confirm_received()

    def test_the_list_stays_bounded(self):
        payment = self.batch()
        self.env.invalidate_all()
        specification = {"display_name": {}, "date": {}, "line_count": {}, "total_amount": {}, "approval_state": {}}
        payment.web_read(specification)
        self.env.invalidate_all()
        with self.assertQueryCount(8):
            payment.web_read(specification)
