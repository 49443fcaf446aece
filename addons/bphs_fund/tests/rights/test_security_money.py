from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import tagged

from ..paying_case import PayingCase

FORCED = {"_force_unlink": True}


@tagged("post_install", "-at_install")
class TestSecurityMoney(PayingCase):
    """One person alone moves no money: not by context, commands, columns or the order of steps."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.arrive(central=600.0, province=200.0, city=40.0, county=160.0)
        cls.wang = cls.account(cls.clinic_a1, "王医生", "99990000000000001")
        cls.li = cls.account(cls.clinic_a1, "李医生", "99990000000000002")
        cls.payees(cls.clinic_a1, ("王医生", cls.wang, 0.6), ("李医生", cls.li, 0.4))
        cls.prepay(cls.q1)

    # === CONTEXT === #

    def test_no_default_enters_a_batch(self):
        payment = (
            self.as_user("finance_officer", "bphs.fund.payment")
            .with_context(
                default_number="拨2025-0001",
                default_approval_state="approved",
                default_state="paid",
                default_voucher="x",
                default_paid_on="2025-01-01",
                default_received_on="2025-01-01",
                default_line_ids=[Command.create({"amount": 1})],
                default_split_ids=[Command.create({"amount": 1})],
            )
            .create({"budget_id": self.budget.id})
        )
        payment.action_fill()
        self.assertFalse(payment.number or payment.split_ids)
        self.assertEqual(payment.approval_state, "draft")
        self.assertRecordValues(
            payment.line_ids,
            [{"state": "draft", "voucher": False, "paid_on": False, "received_on": False}] * 2,
        )

    def test_no_default_enters_what_an_objection_writes(self):
        self.work(self.clinic_a1, self.q1, {self.item_ehr: 100})
        self.work(self.clinic_a2, self.q1, {self.item_ehr: 100})
        self.plan(self.clinic_a2, {self.item_ehr: 100})
        self.prepay(self.q1)
        for clinic in (self.clinic_a1, self.clinic_a2):
            self.score(clinic, self.q1, 92)
        run = self.compute(self.q1)
        run.action_send()
        mine, other = self.line_of(run, self.clinic_a1), self.line_of(run, self.clinic_a2)
        before = mine.pay, other.pay
        self.as_user("village_doctor_a1", mine).with_context(
            default_line_ids=[
                Command.update(mine.id, {"pay": 99999.0}),
                Command.update(other.id, {"confirm_state": "confirmed"}),
            ],
            default_state="accepted",
            default_answer="x",
            default_sent_on="2000-01-01",
        ).action_object("数量不符")
        self.env.invalidate_all()
        self.assertNotEqual(mine.settlement_id, other.settlement_id)
        self.assertEqual((mine.pay, other.pay), before)
        self.assertEqual(other.confirm_state, "waiting")
        self.assertRecordValues(mine.objection_ids, [{"state": "open", "answer": False}])

    def test_no_default_enters_the_ledger(self):
        receipt = self.create_receipt("central", 10.0)
        receipt = self.as_user("finance_officer_2", receipt)
        receipt.with_context(
            default_period_id=self.q1.id, default_note="x", default_document_id=False, default_kind="return"
        ).action_confirm(receipt._seen())
        entry = self.env["bphs.fund.entry"].search(
            [("origin_model", "=", receipt._name), ("origin_id", "=", receipt.id)]
        )
        self.assertRecordValues(entry, [{"kind": "arrival", "period_id": False, "note": False}])

    def test_the_flag_of_uninstalling_deletes_nothing_that_stands(self):
        self.score(self.clinic_a1, self.q1, 92)
        self.work(self.clinic_a1, self.q1, {self.item_ehr: 100})
        self.work(self.clinic_b1, self.q1, {self.item_ehr: 100})
        self.score(self.clinic_b1, self.q1, 92)
        run = self.settle(self.q1)
        notice = self.as_user("finance_officer", "bphs.fund.notice").create(
            {"run_id": run.id, "place": "公示栏", "phone": "1"}
        )
        notice.action_publish()
        payment = self.batch()
        payment.action_approval_submit()
        scores = self.env["bphs.fund.score"].search([("period_id", "=", self.q1.id)])
        receipt = self.env["bphs.fund.receipt"].search([], limit=1)
        for key, record in (
            ("finance_officer", notice),
            ("primary_care_officer", notice),
            ("primary_care_officer", scores[0]),
            ("finance_officer", payment),
            ("finance_officer", run),
            ("finance_officer", receipt),
            ("finance_officer", self.scheme),
            ("finance_officer", self.scheme.price_ids[0]),
            ("finance_officer", self.wang),
            ("finance_officer", self.env["bphs.fund.plan"].search([], limit=1)),
            ("finance_officer", self.env["bphs.fund.plan.line"].search([], limit=1)),
        ):
            with (
                self.subTest(f"{key} {record._name}"),
                self.refused(
                    (
                        "A notice that was published stays as it was",
                        "has been settled: its score is fixed. A settled",
                        "is under approval or approved and cannot be",
                        "is no longer a draft and cannot be changed or",
                    )
                ),
                self.cr.savepoint(),
            ):
                self.as_user(key, record).with_context(**FORCED).unlink()
            self.assertTrue(record.exists())

    def test_a_draft_batch_deleted_by_force_gives_its_amounts_back(self):
        payment = self.batch()
        payable = payment.line_ids.payable_id
        payment.with_context(**FORCED).unlink()
        self.assertRecordValues(payable, [{"open_amount": 105.00, "state": "to_pay"}])

    # === COLUMNS AND COMMANDS === #

    def test_columns_that_follow_from_others_are_not_typed(self):
        finance = self.user["finance_officer"]
        receipt = self.create_receipt("central", 10.0)
        draft = self.as_user("finance_officer", "bphs.fund.plan").create(
            {
                "institution_id": self.clinic_a2.id,
                "period_id": self.year.id,
                "scheme_id": self.scheme.id,
                "line_ids": [Command.create({"item_id": self.item_ehr.id, "quantity": 1})],
            }
        )
        score = self.score(self.clinic_a2, self.q1, 80)
        payee = self.env["bphs.fund.payee"].search([], limit=1)
        for record, vals in (
            (receipt, {"institution_id": self.clinic_a1.id}),
            # What stands already says nothing; anything else is refused.
            (receipt, {"budget_id": False}),
            (receipt, {"level": "county"}),
            (self.budget, {"due": 1}),
            (self.source["central"], {"due": 1}),
            (draft, {"annual_amount": 1}),
            (draft, {"township_id": self.township_b.id}),
            (draft.line_ids, {"price": 1000}),
            (draft.line_ids, {"amount": 1000}),
            (draft, {"line_ids": [Command.update(draft.line_ids.id, {"price": 1000})]}),
            (draft, {"line_ids": [Command.create({"item_id": self.item_htn.id, "quantity": 1, "price": 1000})]}),
            (payee, {"township_id": self.township_b.id}),
        ):
            with self.subTest(f"{record._name} {vals}"), self.assertRaisesRegex(UserError, "follows from"):
                with self.cr.savepoint():
                    record.with_user(finance).write(vals)
        with self.assertRaisesRegex(UserError, "follows from"):
            score.write({"township_id": self.township_b.id})

    def test_nothing_locked_is_reached_through_what_is_open(self):
        approved = self.batch()
        self.pay_batch(approved)
        line = approved.line_ids[0]
        draft = self.as_user("finance_officer", "bphs.fund.payment").create({"budget_id": self.budget.id})
        payable = line.payable_id
        for record, vals in (
            (draft, {"line_ids": [Command.link(line.id)]}),
            (draft, {"line_ids": [Command.update(line.id, {"state": "paid"})]}),
            (draft, {"split_ids": [Command.create({"payable_id": payable.id, "amount": 1})]}),
            (draft, {"left_ids": [Command.create({"payable_id": payable.id, "reason": "x"})]}),
            (draft, {"approval_request_id": approved.approval_request_id.id}),
            (draft, {"number": "1"}),
            (approved, {"date": "2025-01-01"}),
            (payable, {"line_ids": [Command.delete(line.id)]}),
            (payable, {"amount": 1}),
            (payable, {"open_amount": 105.0, "state": "to_pay"}),
            (line, {"account_id": self.li.id}),
            (line.payee_id, {"account_id": False, "share": 0.5}),
        ):
            for key in ("finance_officer", "finance_officer_2", "administrator", "leader"):
                with self.subTest(f"{key} {record._name} {vals}"), self.assertRaises(UserError), self.cr.savepoint():
                    self.as_user(key, record).write(vals)

    def test_a_copy_of_what_was_paid_is_an_empty_draft(self):
        approved = self.batch()
        self.pay_batch(approved)
        copy = self.as_user("finance_officer", approved).copy()
        self.assertFalse(copy.number or copy.line_ids or copy.split_ids or copy.approval_request_id)
        self.assertEqual(copy.approval_state, "draft")
        receipt = self.as_user("finance_officer", self.env["bphs.fund.receipt"].search([], limit=1)).copy()
        self.assertFalse(receipt.confirmed_by_id)
        self.assertEqual(receipt.state, "draft")

    def test_loading_a_sheet_is_no_other_door(self):
        approved = self.batch()
        self.pay_batch(approved)
        for model, names, row in (
            ("bphs.fund.payment", [".id", "number"], [str(approved.id), "9"]),
            ("bphs.fund.payment.line", [".id", "state"], [str(approved.line_ids[0].id), "paid"]),
            ("bphs.fund.payable", [".id", "amount"], [str(approved.line_ids[0].payable_id.id), "9"]),
            ("bphs.fund.entry", ["budget_id/.id", "kind", "amount"], [str(self.budget.id), "hold", "9"]),
            ("bphs.bank.account", [".id", "account_number"], [str(self.wang.id), "88880000000000009"]),
        ):
            with self.subTest(model), self.cr.savepoint() as savepoint:
                answer = self.as_user("finance_officer", model).load(names, [row])
                self.assertFalse(answer["ids"])
                self.assertTrue(answer["messages"])
                savepoint.rollback()

    # === PAYEES === #

    def test_shares_stay_whole_when_a_payee_goes(self):
        payees = self.env["bphs.fund.payee"].search([("institution_id", "=", self.clinic_a1.id)])
        mine = self.as_user("finance_officer", payees)
        with self.refused("must sum to 100% on every day; on"), self.cr.savepoint():
            mine[0].unlink()
        with self.refused("must sum to 100% on every day; on"), self.cr.savepoint():
            mine[0].institution_id = self.clinic_a2
        mine.unlink()
        self.assertFalse(payees.exists())

    def test_shares_that_do_not_sum_to_one_are_not_paid(self):
        """Whatever made them so: the batch looks again."""
        payees = self.env["bphs.fund.payee"].search([("institution_id", "=", self.clinic_a1.id)])
        self.env.cr.execute("DELETE FROM bphs_fund_payee WHERE id = %s", [payees[0].id])
        self.env.invalidate_all()
        payment = self.batch()
        self.assertNotIn(self.clinic_a1, payment.line_ids.institution_id)
        self.assertIn("sum to", payment.left_ids.filtered(lambda left: left.institution_id == self.clinic_a1).reason)

    # === STEPS === #

    def test_each_step_asks_for_role_and_scope(self):
        payment = self.batch()
        payment.action_approval_submit()
        self.approve(payment, "finance_officer_2", "deputy_leader")
        line = payment.line_ids[0]
        others = (
            "administrator",
            "primary_care_officer",
            "leader",
            "auditor",
            "finance_bureau",
            "township_accountant_a",
        )
        for key in (*others, "village_doctor_a1"):
            for step in (
                lambda key=key: self.as_user(key, payment).action_fill(),
                lambda key=key: self.as_user(key, payment).action_mark_paid("记-1", "2025-04-01"),
                lambda key=key: self.as_user(key, payment).action_open_result(),
                lambda key=key: self.as_user(key, line).action_mark_failed("x"),
                lambda key=key: self.as_user(key, line).action_confirm_failed(),
                lambda key=key: self.as_user(key, line).action_withdraw_failed(),
                lambda key=key: self.as_user(key, payment).action_approval_submit(),
                lambda key=key: self.as_user(key, payment).unlink(),
            ):
                with (
                    self.subTest(key),
                    self.denied(
                        ("bphs.fund.payment", "bphs.fund.payment.line", "Only finance records what the bank did")
                    ),
                    self.cr.savepoint(),
                ):
                    step()

    def test_a_dialog_is_its_users_alone(self):
        payment = self.batch()
        self.pay_batch(payment)
        dialog = self.as_user("finance_officer", "bphs.fund.payment.fail").create(
            {"line_ids": [Command.set(payment.line_ids[0].ids)], "reason": "账号已销户"}
        )
        with self.denied("If you need it, ask the bureau administrator"):
            self.as_user("finance_officer_2", dialog).write({"line_ids": [Command.set(payment.line_ids.ids)]})

    # === EVIDENCE === #

    def test_what_money_was_moved_by_stays(self):
        self.document.write({"file": "JVBERi0xLjQ=", "file_name": "文件.pdf"})
        scan = self.env["ir.attachment"].search([("res_model", "=", "bphs.document"), ("res_field", "=", "file")])
        scan = scan.filtered(lambda scan: scan.res_id == self.document.id)
        self.assertEqual(len(scan), 1)
        for key in ("finance_officer", "primary_care_officer", "administrator"):
            mine, file = self.as_user(key, self.document), self.as_user(key, scan)
            for attempt in (
                lambda mine=mine: mine.write({"number": "试财社〔2025〕2号"}),
                lambda mine=mine: mine.write({"date": "2024-01-10"}),
                lambda mine=mine: mine.write({"file": "JVBERi0xLjU="}),
                lambda mine=mine: mine.write({"file": False}),
                lambda file=file: file.write({"raw": b"%PDF-1.5"}),
                lambda file=file: file.unlink(),
                lambda file=file: file.with_context(**FORCED).unlink(),
                lambda file=file: file.create(
                    {
                        "name": "file",
                        "raw": b"%PDF-1.5",
                        "res_model": "bphs.document",
                        "res_field": "file",
                        "res_id": self.document.id,
                    }
                ),
            ):
                with (
                    self.subTest(key),
                    self.refused(
                        (
                            "is what money was moved or rules were published",
                            "is changed on its record, not as a file by",
                        )
                    ),
                    self.cr.savepoint(),
                ):
                    attempt()
        self.as_user("finance_officer", self.document).write({"number": self.document.number, "date": "2025-01-10"})

    def test_a_document_nothing_rests_on_is_corrected(self):
        document = self.as_user("finance_officer", "bphs.document").create(
            {"number": "x", "title": "x", "issuer": "x", "date": "2025-01-10", "file": "JVBERi0xLjQ="}
        )
        document.write({"number": "试财社〔2025〕3号", "file": "JVBERi0xLjU="})
        self.assertEqual(document.number, "试财社〔2025〕3号")

    def test_a_period_money_was_entered_in_stays_what_it_is(self):
        for vals in ({"code": "2025Q9"}, {"date_start": "2024-12-31"}, {"parent_id": False}):
            with (
                self.subTest(vals),
                self.refused("has been entered in the ledger: what it is stays"),
                self.cr.savepoint(),
            ):
                self.as_user("administrator", self.q1).write(vals)
