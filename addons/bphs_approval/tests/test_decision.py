import base64
from unittest.mock import patch

import psycopg2

from odoo.exceptions import AccessError, LockError, UserError
from odoo.tests import tagged
from odoo.tools import SQL, mute_logger

from .documents import ApprovalCase

PDF = base64.b64encode(b"%PDF-1.4\n% scan").decode()


@tagged("post_install", "-at_install")
class TestDecision(ApprovalCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.order = cls._submitted()
        cls.request = cls.order.approval_request_id

    def _external(self):
        """An order at a stage that the finance bureau decides and the finance officer records."""
        self.flow.stage_ids = [
            (5, 0, 0),
            (0, 0, self._stage("财政局", "finance_officer", external=True)),
        ]
        return self._submitted(author="township_accountant_a")

    @mute_logger("odoo.sql_db")
    def test_rows_are_never_changed(self):
        decision = self.request.decision_ids.sudo()
        for change in (lambda: decision.write({"comment": "x"}), lambda: decision.unlink()):
            with self.refused("an entry once made is never changed or deleted"), self.cr.savepoint():
                change()
        for table in (
            "bphs_approval_decision",
            "bphs_approval_request_stage",
            "bphs_approval_contributor",
        ):
            for statement in ("UPDATE %s SET id = id", "DELETE FROM %s"):
                with (
                    self.refused("are never changed or removed", kind=psycopg2.IntegrityError),
                    self.cr.savepoint(),
                ):
                    self.cr.execute(SQL(statement, SQL.identifier(table)))
            with self.refused("are never changed or removed", kind=psycopg2.IntegrityError), self.cr.savepoint():
                self.cr.execute(SQL("TRUNCATE %s CASCADE", SQL.identifier(table)))

    def test_every_role_only_reads(self):
        for key in self.user:
            for name in ("request", "request.stage", "decision"):
                model = self.as_user(key, f"bphs.approval.{name}")
                self.assertTrue(model.has_access("read"))
                for operation in ("create", "write", "unlink"):
                    self.assertFalse(model.has_access(operation), (key, name, operation))

    def test_chain_shows_tampering(self):
        self._approve(self.order, "township_director_a", comment="同意")
        self.assertTrue(self.request.chain_intact)
        self.cr.execute("ALTER TABLE bphs_approval_decision DISABLE TRIGGER USER")
        for column, value in (
            ("comment", "不同意"),
            ("user_id", self.user["leader"].id),
            ("decided_at", "2025-01-01 00:00:00"),
            ("content_hash", "0" * 64),
            ("external_scan", b"AAAA"),
            ("number", 9),
        ):
            with self.subTest(column), self.assertRaises(ZeroDivisionError), self.cr.savepoint():
                self.cr.execute(
                    SQL(
                        "UPDATE bphs_approval_decision SET %s = %s WHERE request_id = %s AND verdict = 'approve'",
                        SQL.identifier(column),
                        value,
                        self.request.id,
                    )
                )
                self.env.invalidate_all()
                self.assertFalse(self.request.chain_intact)
                raise ZeroDivisionError  # leave the row as it was
        self.env.invalidate_all()
        self.assertTrue(self.request.chain_intact)
        self.cr.execute(
            "DELETE FROM bphs_approval_decision WHERE request_id = %s AND verdict = 'submit'",
            [self.request.id],
        )
        self.env.invalidate_all()
        self.assertFalse(self.request.chain_intact)

    def test_second_approver_of_the_same_instant(self):
        with (
            patch.object(type(self.request), "lock_for_update", side_effect=LockError("held")),
            self.assertRaisesRegex(UserError, "Someone else is deciding"),
        ):
            self._approve(self.order, "township_director_a")
        self._approve(self.order, "township_director_a")
        approval = self.request.decision_ids[-1]
        vals = approval.copy_data()[0]
        for once, changes in (
            ("bphs_approval_decision_number_uniq", {"number": approval.number}),
            ("bphs_approval_decision_stage_uniq", {"number": 9, "user_id": self.user["leader"].id}),
            ("bphs_approval_decision_user_uniq", {"number": 9, "stage_id": self.request.stage_id.id}),
        ):
            with (
                mute_logger("odoo.sql_db"),
                self.refused(once, kind=psycopg2.errors.UniqueViolation),
                self.cr.savepoint(),
            ):
                approval.sudo().create([{**vals, **changes}])
                self.env.flush_all()

    def test_late_press_does_not_decide_the_next_stage(self):
        seen = self.order.approval_stage_id
        self._approve(self.order, "township_director_a")
        with self.assertRaisesRegex(UserError, "moved on"):
            self._approve(self.order, "deputy_leader", expected_stage_id=seen.id)
        self.assertEqual(len(self.request.decision_ids), 2)

    def test_who_has_no_right_holds_no_row(self):
        """At the same instant as the rightful officer, they would keep that one out."""
        not_yours = "of its level, which is not yours"
        steps = (
            (lambda order: order.action_approval_approve(), not_yours),
            (lambda order: order.action_approval_return("不同意"), not_yours),
            (lambda order: order.action_approval_withdraw("重报"), "who submitted it, can withdraw it"),
        )
        with patch.object(type(self.request), "lock_for_update") as lock_for_update:
            for key in ("deputy_leader", "leader", "auditor"):
                for step, words in steps:
                    with self.denied(words):
                        step(self.as_user(key, self.order))
        lock_for_update.assert_not_called()

    def test_submission_waits_for_an_editor(self):
        order = self._order()
        with (
            patch.object(type(order), "lock_for_update", side_effect=LockError("held")),
            self.assertRaisesRegex(UserError, "being edited"),
        ):
            order.action_approval_submit()
        self.assertEqual(order.approval_state, "draft")

    def test_contributors_do_not_approve(self):
        for touch in (
            lambda order: order.write({"name": "改"}),
            lambda order: order.line_ids.write({"quantity": 2}),
            lambda order: order.line_ids.copy(),
            lambda order: order.line_ids[0].unlink(),
            lambda order: order.update_field_translations("label", {"en_US": "x"}),
            lambda order: order.sudo().write({"name": "改"}),
        ):
            order = self._order()
            self.env["ir.model.access"].search([("name", "=like", "bphs.test.order%.user")]).write(
                {"perm_write": True, "perm_create": True, "perm_unlink": True}
            )
            touch(self.as_user("township_director_a", order))
            order.action_approval_submit()
            with self.assertRaisesRegex(AccessError, "someone else approves"):
                self._approve(order, "township_director_a")
            with self.denied("You computed, edited or submitted"):
                self.as_user("township_director_a", order).action_approval_return("改")

    def test_submitter_does_not_approve(self):
        order = self._order()
        # Submitting is not editing, but it is answering for what is submitted.
        self.as_user("township_director_a", order).sudo().action_approval_submit()
        with self.assertRaisesRegex(AccessError, "submitted"):
            self._approve(order, "township_director_a")

    def test_nobody_approves_two_stages(self):
        self.user["township_director_a"].sudo().write(
            {
                "group_ids": [(4, self._group("deputy_leader"))],
                "bphs_institution_ids": [(4, self.bureau.id)],
            }
        )
        self._approve(self.order, "township_director_a")
        with self.assertRaisesRegex(AccessError, "nobody approves two stages"):
            self._approve(self.order, "township_director_a")
        self._approve(self.order, "deputy_leader")

    def test_external_stage_demands_number_and_scan(self):
        order = self._external()
        given = {"external_number": "财社〔2025〕12号", "external_scan": PDF}
        for lacking in given:
            with self.assertRaisesRegex(UserError, "needs"):
                self._approve(order, "finance_officer", **{**given, lacking: False})
        for scan, reason in (
            ("x", "cannot be read|not a file"),
            (base64.b64encode(b"MZ").decode(), "PDF, PNG or JPEG"),
            (base64.b64encode(b"%PDF-" + bytes(10 * 1024 * 1024)).decode(), "10 MB"),
        ):
            with self.assertRaisesRegex(UserError, reason):
                self._approve(order, "finance_officer", **{**given, "external_scan": scan})
        self._approve(order, "finance_officer", **given, external_scan_name="批复.pdf")
        self.assertTrue(order._approval_is_approved())
        decision = order.approval_decision_ids[-1]
        self.assertEqual(decision.external_scan, PDF.encode())
        self.assertFalse(self.env["ir.attachment"].search_count([("res_model", "=", decision._name)]))
        self.assertTrue(order.approval_request_id.chain_intact)

    def test_recording_an_outside_decision_is_no_approval(self):
        given = {"external_number": "财社〔2025〕12号", "external_scan": PDF}
        self.flow.stage_ids = [
            (5, 0, 0),
            (0, 0, self._stage("财务复核", "finance_officer")),
            (0, 0, self._stage("财政局", "finance_officer", sequence=20, external=True)),
            (0, 0, self._stage("财务办结", "finance_officer", sequence=30)),
        ]
        order = self._submitted(author="township_accountant_a")
        self._approve(order, "finance_officer")
        self.assertTrue(self.as_user("finance_officer", order).can_decide)
        self._approve(order, "finance_officer", **given)
        self.env.flush_all()
        self.assertFalse(self.as_user("finance_officer", order).can_decide)
        with self.assertRaisesRegex(AccessError, "nobody approves two stages"):
            self._approve(order, "finance_officer")
        self._approve(order, "finance_officer_2")
        self.assertTrue(order._approval_is_approved())

    def test_who_recorded_an_outside_decision_may_approve_after_it(self):
        self.flow.stage_ids = [
            (5, 0, 0),
            (0, 0, self._stage("财政局", "finance_officer", external=True)),
            (0, 0, self._stage("财务办结", "finance_officer", sequence=20)),
        ]
        order = self._submitted(author="township_accountant_a")
        self._approve(order, "finance_officer", external_number="财社〔2025〕12号", external_scan=PDF)
        self._approve(order, "finance_officer")
        self.assertTrue(order._approval_is_approved())

    def test_contributors_do_not_record_an_outside_decision(self):
        order = self._external()
        mine = self._submitted(author="finance_officer")
        given = {"external_number": "财社〔2025〕12号", "external_scan": PDF}
        with self.assertRaisesRegex(AccessError, "someone else approves"):
            self._approve(mine, "finance_officer", **given)
        self._approve(mine, "finance_officer_2", **given)
        self._approve(order, "finance_officer", **given)

    def test_finance_bureau_signs_nothing(self):
        order = self._external()
        with self.denied("of its level, which is not yours"):
            self._approve(order, "finance_bureau", external_number="财社〔2025〕12号", external_scan=PDF)

    def test_dialog_decides_by_the_same_rules(self):
        def dialog(key, **vals):
            action = self.as_user(key, self.order).action_approval_open_approve()
            wizard = self.as_user(key, action["res_model"]).with_context(**action["context"])
            return wizard.create([vals])

        with self.denied("of its level, which is not yours"):
            dialog("deputy_leader").action_decide()
        dialog("township_director_a", comment="同意").action_decide()
        self.assertEqual(self.request.decision_ids[-1].comment, "同意")
        wizard = dialog("deputy_leader", verdict="return")
        with self.assertRaisesRegex(UserError, "Comment"):
            wizard.action_decide()
        wizard.comment = "重报"
        wizard.action_decide()
        self.assertEqual(self.order.approval_state, "draft")
        for model in ("res.users", "no.such.model"):
            with self.assertRaisesRegex(UserError, "not approved in stages"):
                wizard.res_model = model
                wizard.action_decide()
