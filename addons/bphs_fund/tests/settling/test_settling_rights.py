from contextlib import suppress

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from odoo.addons.bphs_base.tests.common import ROLES

from .test_settling import ReadyCase


@tagged("post_install", "-at_install")
class TestSettlingRights(ReadyCase):
    """Every step of settling, tried as every role: allowed to those named, refused to all others."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.run_ = cls.compute(cls.q1)
        cls.run_.action_send()
        cls.line = cls.run_.settlement_ids.line_ids.filtered(lambda line: line.institution_id == cls.clinic_a1)

    def try_as_everyone(self, attempt, allowed):
        """`attempt(key)` succeeds, or fails for another reason than rights, exactly for the `allowed` roles."""
        passed = set()
        for role in ROLES:
            key = next(key for key in self.user if key == role or key.startswith(f"{role}_"))
            savepoint = self.env.cr.savepoint()
            try:
                with suppress(AccessError):
                    attempt(key)
                    self.env.flush_all()
                    passed.add(role)
            finally:
                savepoint.close(rollback=True)
                self.env.invalidate_all()
        self.assertEqual(passed, set(allowed))

    def test_who_computes_sends_and_hands_in(self):
        self.try_as_everyone(lambda key: self.as_user(key, self.run_).action_compute(), ["finance_officer"])
        self.run_.settlement_ids.sudo().sent_on = False
        self.try_as_everyone(lambda key: self.as_user(key, self.run_).action_send(), ["finance_officer"])
        self.run_.action_send()
        self.run_.sudo().settlement_ids.line_ids._write_state({"confirm_state": "deemed"})
        settlement = self.line.settlement_id
        self.try_as_everyone(
            lambda key: self.as_user(key, settlement).action_approval_submit(),
            ["finance_officer", "township_accountant"],
        )
        prepayment = (
            self.env["bphs.fund.prepayment"]
            .with_user(self.user["finance_officer"])
            .create({"institution_id": self.bureau.id, "period_id": self.q2.id})
        )
        self.try_as_everyone(lambda key: self.as_user(key, prepayment).action_compute(), ["finance_officer"])

    def test_who_speaks_for_the_clinic(self):
        self.try_as_everyone(lambda key: self.as_user(key, self.line).action_confirm(), ["village_doctor"])
        self.try_as_everyone(lambda key: self.as_user(key, self.line).action_object("不对"), ["village_doctor"])
        self.as_user("village_doctor_a1", self.line).action_object("不对")
        objection = self.line.objection_ids
        self.try_as_everyone(
            lambda key: self.as_user(key, objection).action_accept("属实"),
            ["township_public_health", "primary_care_officer"],
        )

    def test_nobody_edits_what_is_computed(self):
        """No role creates, edits or deletes results, whatever the context says."""
        context = {"bphs_approval_pass": True, "_force_unlink": True, "install_mode": True, "sudo": True}
        settlement, item = self.line.settlement_id, self.line.item_ids[:1]
        prepayment = self.env["bphs.fund.prepayment.line"].search([], limit=1)
        for key in self.user:
            for record, field, value in (
                (self.line, "pay", 9999.0),
                (self.line, "confirm_state", "deemed"),
                (self.line, "posted", True),
                (item, "amount", 9999.0),
                (settlement, "sent_on", "2020-01-01"),
                (settlement, "run_id", self.run_.id),
                (settlement, "approval_state", "approved"),
                (self.run_, "sequence", 7),
                (self.run_, "approval_state", "approved"),
                (prepayment, "amount", 9999.0),
            ):
                with self.assertRaises(UserError, msg=f"{key} {record._name}.{field}"):
                    self.as_user(key, record).with_context(**context).write({field: value})
            for record in (self.line, item, settlement, prepayment):
                with self.refused(
                    (
                        "bphs.fund.settlement.line",
                        "bphs.fund.settlement.item",
                        "A settlement is computed by its run; it cannot",
                        "is under approval or approved and cannot be",
                    )
                ):
                    self.as_user(key, record).with_context(**context).unlink()
                with self.assertRaises(UserError):
                    self.as_user(key, record).with_context(**context).copy()
        self.env.invalidate_all()
        self.assertEqual((self.line.pay, self.line.confirm_state), (444.0, "waiting"))

    def test_a_run_takes_only_its_period_from_a_client(self):
        run = (
            self.as_user("finance_officer", "bphs.fund.run")
            .with_context(default_approval_state="approved")
            .create(
                {
                    "institution_id": self.bureau.id,
                    "period_id": self.q1.id,
                    "sequence": 99,
                    "kind": "annual",
                    "computed_on": "2025-01-01 00:00:00",
                }
            )
        )
        self.assertRecordValues(
            run, [{"sequence": 2, "kind": "quarter", "approval_state": "draft", "computed_on": False}]
        )

    def test_a_new_form_opens_before_its_period_is_chosen(self):
        for model in ("bphs.fund.run", "bphs.fund.prepayment"):
            form = Form(self.as_user("finance_officer", model))
            self.assertFalse(form.scheme_id)
            form.period_id = self.q2
            self.assertEqual(form.scheme_id, self.scheme)

    def test_clinics_see_their_own_sheets_only(self):
        lines = self.as_user("village_doctor_a1", "bphs.fund.settlement.line").search([])
        self.assertEqual(lines.institution_id, self.clinic_a1)
        self.assertEqual(
            self.as_user("township_accountant_b", "bphs.fund.settlement").search([]).institution_id, self.township_b
        )
        self.assertTrue(lines.display_name and lines.item_ids.mapped("amount") and lines.confirm_deadline)

    def test_lists_ask_a_bounded_number_of_questions(self):
        settlements = self.as_user("finance_officer", self.run_.settlement_ids)
        names = ["state", "line_count", "waiting_count", "total_pay", "total_settled"]
        settlements.read(names)
        self.env.invalidate_all()
        with self.assertQueryCount(12):
            settlements.read(names)
        lines = self.as_user("finance_officer", self.run_.settlement_ids.line_ids)
        self.env.invalidate_all()
        with self.assertQueryCount(12):
            lines.read(["institution_id", "pay", "settled", "score", "confirm_state", "display_name"])
