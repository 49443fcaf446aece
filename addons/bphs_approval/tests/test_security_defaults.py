from odoo import Command
from odoo.tests import tagged

from .documents import ApprovalCase


@tagged("post_install", "-at_install")
class TestSecurityDefaults(ApprovalCase):
    """Defaults in a client's context must not enter what a step writes with elevated rights."""

    def test_submitting_makes_the_decision_of_submitting_and_no_other(self):
        order = self._order()
        forged = {
            "number": 7,
            "verdict": "approve",
            "user_id": self.user["leader"].id,
            "decided_at": "2025-01-01 00:00:00",
            "content_hash": "0" * 64,
            "hash": "0" * 64,
        }
        stage = {"sequence": 99, "name": "x", "level": "own", "group_id": self._group("finance_officer")}
        order.with_context(
            default_decision_ids=[Command.create(forged)],
            default_stage_ids=[Command.create(stage)],
            default_state="approved",
            default_content="x",
        ).action_approval_submit()
        request = order.approval_request_id
        self.assertEqual(request.state, "pending")
        self.assertEqual(request.decision_ids.mapped("verdict"), ["submit"])
        self.assertEqual(request.stage_ids.mapped("sequence"), [1, 2])
        self.assertTrue(request.chain_intact)

    def test_a_decision_is_that_of_the_one_who_decides(self):
        order = self._submitted()
        self.as_user("township_director_a", order).with_context(
            default_on_behalf_of_id=self.user["leader"].id, default_minutes_number="x", default_external_number="x"
        ).action_approval_approve()
        decision = order.approval_decision_ids[-1]
        self.assertEqual(decision.verdict, "approve")
        self.assertFalse(decision.on_behalf_of_id or decision.minutes_number or decision.external_number)

    def test_a_decision_dialog_is_its_users_alone(self):
        order = self._submitted()
        self.assertTrue(order.approval_stage_id)
        dialog = self.as_user("township_director_a", "bphs.approval.decide").create(
            {
                "res_model": order._name,
                "res_id": order.id,
                "verdict": "return",
                "stage_id": order.approval_stage_id.id,
                "comment": "不清楚",
            }
        )
        other = self.as_user("finance_officer", dialog)
        with self.denied("not yours to change"):
            other.write({"verdict": "approve"})
        with self.denied("not within your scope"):
            other.read(["comment"])
        dialog.action_decide()
        self.assertEqual(order.approval_state, "draft")

    def test_what_waits_is_no_board_for_messages(self):
        request = self._submitted().approval_request_id
        for key in ("finance_officer", "village_doctor_a1", "township_director_b"):
            mine = self.as_user(key, request)
            # Odoo says these in the language of the user.
            for attempt, words in (
                (lambda mine=mine: mine.message_post(body="x"), ("operation: create", "操作: create")),
                (
                    lambda mine=mine: mine.env["ir.attachment"].create(
                        {"name": "x", "raw": b"x", "res_model": mine._name, "res_id": mine.id}
                    ),
                    ("not allowed to access this document", "您无权访问该文档"),
                ),
            ):
                with self.subTest(key), self.denied(words), self.cr.savepoint():
                    attempt()
