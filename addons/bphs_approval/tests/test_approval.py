from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .documents import ApprovalCase

# Why somebody is not the one a stage waits for.
NOT_THEIRS = (
    "of its level, which is not yours",
    "You computed, edited or submitted",
    "this record is not within your scope",
    "You had part in an earlier approval of",
)


@tagged("post_install", "-at_install")
class TestApproval(ApprovalCase):
    def test_small_amount_passes_two_stages(self):
        order = self._submitted(amount=999.99)
        self.assertEqual(order.approval_state, "submitted")
        self.assertEqual(order.effect, "submitted")
        self.assertEqual(order.approval_request_id.stage_ids.mapped("name"), ["卫生院院长", "分管领导"])
        self._approve(order, "township_director_a", comment="同意")
        self.assertEqual(order.approval_stage_id.name, "分管领导")
        self.assertFalse(order._approval_is_approved())
        self._approve(order, "deputy_leader")
        self.assertEqual((order.approval_state, order.effect), ("approved", "approved"))
        self.assertTrue(order.line_ids.settled)
        self.assertTrue(order._approval_is_approved())
        self.assertEqual(order.approval_decision_ids.mapped("verdict"), ["submit", "approve", "approve"])
        self.assertTrue(order.approval_request_id.chain_intact)
        self.assertFalse(
            self.as_user("auditor", "bphs.approval.contributor").search(
                [("user_id", "=", self.user["deputy_leader"].id)]
            )
        )

    def test_large_amount_needs_leader_and_minutes(self):
        for amount in (1000, -1000):
            order = self._submitted(amount=amount)
            self._approve(order, "township_director_a")
            self._approve(order, "deputy_leader")
            self.assertFalse(order._approval_is_approved())
            with self.assertRaisesRegex(UserError, "Number of Minutes"):
                self._approve(order, "leader")
            self._approve(order, "leader", minutes_number="党组会纪要〔2025〕3号")
            self.assertTrue(order._approval_is_approved())

    def test_wrong_person_is_refused_at_every_stage(self):
        order = self._submitted()
        for right, next_right in (
            ("township_director_a", "deputy_leader"),
            ("deputy_leader", None),
        ):
            for key in self.user:
                if key == right:
                    continue
                with (
                    self.subTest(stage=right, user=key),
                    self.denied(NOT_THEIRS),
                ):
                    self._approve(order, key)
                with (
                    self.subTest(stage=right, user=key),
                    self.denied(NOT_THEIRS),
                ):
                    self.as_user(key, order).action_approval_return("不同意")
            self.assertEqual(self.as_user(right, order).can_decide, True)
            self._approve(order, right)
            if next_right:
                self.assertFalse(self.as_user(right, order).can_decide)
        self.assertTrue(order._approval_is_approved())

    def test_return_opens_the_document_and_resubmission_starts_again(self):
        order = self._submitted()
        self._approve(order, "township_director_a")
        with self.assertRaisesRegex(UserError, "Comment"):
            self.as_user("deputy_leader", order).action_approval_return(" ")
        self.as_user("deputy_leader", order).action_approval_return("金额有误")
        self.assertEqual((order.approval_state, order.effect), ("draft", "returned"))
        order.amount = 101
        order.action_approval_submit("已改")
        self.assertEqual(order.approval_stage_id.name, "卫生院院长")
        self._approve(order, "township_director_a")
        self._approve(order, "deputy_leader")
        self.assertTrue(order._approval_is_approved())
        self.assertEqual(
            order.approval_decision_ids.mapped("verdict"),
            ["submit", "approve", "return", "submit", "approve", "approve"],
        )

    def test_only_the_submitter_withdraws_and_before_any_approval(self):
        order = self._submitted()
        with self.assertRaisesRegex(AccessError, "who submitted"):
            self.as_user("finance_officer_2", order).action_approval_withdraw("误报")
        order.action_approval_withdraw("误报")
        self.assertEqual(order.approval_state, "draft")
        order.action_approval_submit()
        self._approve(order, "township_director_a")
        with self.assertRaisesRegex(UserError, "return"):
            order.action_approval_withdraw("误报")

    def _changes(self, order):
        """All ways in which a document can be changed."""
        line = order.line_ids
        return (
            lambda: order.write({"amount": 5}),
            lambda: order.write({"line_ids": [Command.clear()]}),
            lambda: order.sudo().write({"amount": 5}),
            lambda: order.update_field_translations("label", {"en_US": "x"}),
            lambda: order.web_override_translations({"label": "x"}),
            lambda: order.web_save({"amount": 5}, {"amount": {}}),
            lambda: order.action_archive(),
            lambda: order.unlink(),
            lambda: order.sudo().unlink(),
            lambda: line.write({"quantity": 5}),
            lambda: line.sudo().write({"quantity": 5}),
            lambda: line.unlink(),
            lambda: line.copy(),
            lambda: line.create([{"order_id": order.id, "name": "乙"}]),
            lambda: line.with_context(default_order_id=order.id).create([{"name": "乙"}]),
        )

    def test_locked_document_refuses_every_write(self):
        submitted, approved = self._submitted(), self._submitted()
        self._approve(approved, "township_director_a")
        self._approve(approved, "deputy_leader")
        for order in submitted + approved:
            for flag in ("bphs_approval_pass", "_force_unlink", "install_mode", "import_file"):
                for change in self._changes(order.with_context(**{flag: True})):
                    with self.refused("is under approval or approved and cannot be changed"), self.cr.savepoint():
                        change()
            self.assertEqual(order.amount, 100)
            self.assertEqual(order.line_ids.mapped("quantity"), [1])

    def test_lines_do_not_move_into_or_out_of_a_locked_document(self):
        locked, draft = self._submitted(), self._order()
        for line, target in ((locked.line_ids, draft), (draft.line_ids, locked)):
            with self.refused("is under approval or approved and cannot be changed"), self.cr.savepoint():
                line.order_id = target
        self.assertEqual(len(locked.line_ids), 1)

    def test_state_is_not_for_clients(self):
        order = self._order()
        request = self._submitted().approval_request_id
        for vals in (
            {"approval_state": "approved"},
            {"approval_request_id": request.id},
            {"approval_decision_ids": [Command.create({"verdict": "approve"})]},
        ):
            with self.denied("is set by the approval alone"):
                order.write(vals)
            with self.denied("is set by the approval alone"):
                order.create([{"name": "x", "institution_id": self.township_a.id, **vals}])
            defaults = {f"default_{name}": value for name, value in vals.items()}
            made = order.with_context(**defaults).create([{"name": "x", "institution_id": self.township_a.id}])
            self.assertEqual((made.approval_state, bool(made.approval_request_id)), ("draft", False))

    def test_copy_is_a_draft(self):
        order = self._submitted()
        self._approve(order, "township_director_a")
        self._approve(order, "deputy_leader")
        copy = order.copy()
        self.assertEqual((copy.approval_state, bool(copy.approval_request_id)), ("draft", False))
        self.assertFalse(copy._approval_is_approved())

    def test_submitted_document_is_not_deleted_even_after_return(self):
        order = self._submitted()
        order.action_approval_withdraw("误报")
        with self.assertRaisesRegex(UserError, "keeps its decisions"):
            order.with_context(_force_unlink=True).unlink()
        self._order().unlink()

    def test_content_changed_behind_the_lock_is_found(self):
        order = self._submitted()
        self.cr.execute("UPDATE bphs_test_order SET amount = 7 WHERE id = %s", [order.id])
        with self.assertRaisesRegex(UserError, r"\(Amount\)"):
            self._approve(order, "township_director_a")
        self.as_user("township_director_a", order).action_approval_return("重新报送")
        order.action_approval_submit()
        self._approve(order, "township_director_a")
