from odoo.exceptions import UserError
from odoo.models import MAGIC_COLUMNS
from odoo.tests import Form, tagged

from ..hold_task_case import CLERK, HoldTaskCase


@tagged("post_install", "-at_install")
class TestHoldTask(HoldTaskCase):
    """Low score, hold, task, proof, verification, closing, approval, payment: each step by its person, to the fen."""

    def test_from_low_score_to_payment(self):
        self.assertEqual((self.hold.amount, self.held()), (243.00, "243.00"))
        task = self.ask_task(self.hold)
        self.assertEqual(
            (task.state, task.institution_id, task.responsible_id.login),
            ("issued", self.clinic_a1, "test_village_doctor_a1"),
        )
        self.assertEqual(task.line_ids.problem_id.source, "evaluation")
        hold = self.as_user("finance_officer", self.hold)
        hold.release_reason = "已整改"
        with self.assertRaisesRegex(UserError, f"{task.number} is still open: Issued"):
            hold.action_approval_submit()
        self._work(task, "village_doctor_a1")
        with self.assertRaisesRegex(UserError, "Evidence Submitted"):
            hold.action_approval_submit()
        with self.denied("Your role may not take this step on a"):
            self.as_user("village_doctor_a1", task).action_verify("自己核验")
        self.as_user("township_public_health_a", task).action_verify("已现场核实")
        self.assertEqual((self.hold.approval_state, self.held()), ("draft", "243.00"))
        self.as_user(CLERK, task).action_close("同意销号")
        # Proposed, not released.
        self.assertEqual((self.hold.approval_state, self.hold.state, self.held()), ("submitted", "held", "243.00"))
        self.assertIn(task.number, self.hold.release_reason)
        self.assertIn("bphs.fund.hold", self.waiting("primary_care_officer"))
        self.assertFalse(self.batch(kind="release").line_ids)
        with self.denied("You computed, edited or submitted"):
            self.approve(self.hold, "finance_officer")
        self.approve(self.hold, "primary_care_officer")
        self.assertIn("bphs.fund.hold", self.waiting("finance_officer_2"))
        # Who wrote the reason of the release has a part in it.
        self.assertNotIn("bphs.fund.hold", self.waiting("finance_officer"))
        self.approve(self.hold, "finance_officer_2")
        self.assertEqual((self.hold.state, self.held()), ("held", "243.00"))
        self.approve(self.hold, "deputy_leader")
        self.assertEqual((self.hold.state, self.held()), ("released", "0.00"))
        self.assertEqual(self.ledger("prepayment", "settlement", "hold", "release"), "348.00")
        payment = self.batch(kind="release")
        self.assertEqual(payment.line_ids.mapped("amount"), [243.00])
        self.pay_batch(payment)
        self.assertEqual(self.ledger("payment"), "-243.00")
        self.assertFalse(self.batch(kind="release").line_ids, "paid once")

    def test_the_last_of_several_tasks_proposes(self):
        first, second = self.ask_task(self.hold), self.ask_task(self.hold, name="档案未更新")
        self.close_task(first)
        self.assertEqual(self.hold.approval_state, "draft")
        self.close_task(second, closer="primary_care_officer")
        self.assertEqual(self.hold.approval_state, "submitted")
        for task in (first, second):
            self.assertIn(task.number, self.hold.release_reason)
        # Closing a task is no part in the approval.
        self.approve(self.hold, "primary_care_officer", "finance_officer", "deputy_leader")
        self.assertEqual(self.hold.state, "released")

    def test_a_cancelled_task_blocks_nothing(self):
        first, second = self.ask_task(self.hold), self.ask_task(self.hold, name="下达有误")
        self.as_user(CLERK, second).action_cancel("重复下达")
        self.close_task(first)
        self.assertEqual(self.hold.approval_state, "submitted")
        self.assertNotIn(second.number, self.hold.release_reason)

    def test_tasks_under_way_are_named(self):
        other = self.as_user(CLERK, "bphs.problem").create(
            {
                "name": "随访不规范",
                "type_id": self.env.ref("bphs_rectification.problem_type_advice").id,
                "line_ids": [(0, 0, {"institution_id": clinic.id}) for clinic in (self.clinic_a1, self.clinic_b1)],
            }
        )
        tasks = self.as_user(CLERK, "bphs.rectification")._create_from_lines(other.line_ids)
        tasks.action_issue()
        mine = tasks.filtered(lambda task: task.institution_id == self.clinic_a1)
        with self.assertRaisesRegex(UserError, "not a task of"):
            self.ask_task(self.hold, make_task=False, task_ids=[(6, 0, tasks.ids)])
        with self.assertRaisesRegex(UserError, "Issue a task"):
            self.ask_task(self.hold, make_task=False)
        named = self.ask_task(self.hold, make_task=False, task_ids=[(6, 0, mine.ids)])
        self.assertEqual(named, mine.with_env(self.env))
        self.close_task(mine)
        self.assertEqual(self.hold.approval_state, "submitted")

    def test_reopened_before_the_decision_blocks(self):
        task = self.ask_task(self.hold)
        self.close_task(task)
        self.approve(self.hold, "primary_care_officer")
        self.as_user(CLERK, task).action_reopen("复查发现仍不规范")
        with self.assertRaisesRegex(UserError, "still open: In Progress"):
            self.approve(self.hold, "finance_officer_2")
        self.assertEqual((self.hold.state, self.held()), ("held", "243.00"))
        self.as_user("finance_officer_2", self.hold).action_approval_return("重新整改")
        self.assertEqual(self.hold.approval_state, "draft")
        self._prove(task, "village_doctor_a1")
        self.as_user("village_doctor_a1", task).action_submit("再次提交")
        self.as_user("township_public_health_a", task).action_verify("核实")
        self.as_user(CLERK, task).action_close("销号")
        self.assertEqual(self.hold.approval_state, "submitted", "proposed again")
        self.approve(self.hold, "primary_care_officer", "finance_officer_2", "deputy_leader")
        self.assertEqual((self.hold.state, self.held()), ("released", "0.00"))

    def test_an_archived_task_opened_again_blocks(self):
        task, other = self.ask_task(self.hold), self.ask_task(self.hold, name="档案未更新")
        self.close_task(task)
        clerk = self.as_user(CLERK, task)
        clerk.write({"active": False})
        self.assertEqual(self.hold.rectification_ids, task | other, "put away, and still what the money waits for")
        clerk.action_reopen("复查发现仍不规范")
        self.assertTrue(task.active, "what runs again is seen and reminded of again")
        self.close_task(other)
        self.assertEqual((self.hold.approval_state, self.hold.open_task_count), ("draft", 1))
        hold = self.as_user("finance_officer", self.hold)
        hold.release_reason = "已整改"
        with self.assertRaisesRegex(UserError, f"{task.number} is still open"):
            hold.action_approval_submit()

    def test_reopened_after_the_release_changes_no_money(self):
        task = self.ask_task(self.hold)
        self.close_task(task)
        self.approve(self.hold, "primary_care_officer", "finance_officer_2", "deputy_leader")
        before = self.env["bphs.fund.entry"].search_count([])
        self.as_user(CLERK, task).action_reopen("复查发现仍不规范")
        self.env.invalidate_all()
        self.assertEqual((self.hold.state, self.held()), ("released", "0.00"))
        self.assertEqual(self.env["bphs.fund.entry"].search_count([]), before)
        self.assertIn(task.number, self.hold.reopened_tasks)
        note = task.event_ids.filtered(lambda event: event.kind == "note")
        self.assertIn(self.hold.display_name, note.reason)

    def test_a_year_in_review_does_not_stop_the_closing(self):
        task = self.ask_task(self.hold)
        line = self.hold.settlement_line_id
        # Not `copy_data`: what steps and the system set is no part of a copy.
        names = [
            name for name, field in line._fields.items() if field.store and field.copy and name not in MAGIC_COLUMNS
        ]
        row = {
            name: line[name].id if line._fields[name].type == "many2one" else line[name]
            for name in names
            if line._fields[name].type not in ("one2many", "many2many") and name not in line._step_fields()
        }
        year = row | {"period_id": self.year.id, "kind": "annual", "posted": False}
        self.env["bphs.fund.settlement.line"].sudo()._approval_create([year])
        self.close_task(task)
        self.assertEqual((task.state, self.hold.approval_state), ("closed", "draft"))
        self.assertIn(task.number, self.hold.release_reason)

    def test_held_by_hand_waits_as_well(self):
        payable = self.env["bphs.fund.payable"].search(
            [("institution_id", "=", self.clinic_b1.id), ("kind", "=", "pay")]
        )
        self.as_user("finance_officer", payable).action_hold(100, "群众举报")
        hold = self.env["bphs.fund.hold"].search([("payable_id", "=", payable.id)])
        task = self.ask_task(hold)
        self.assertEqual(task.line_ids.problem_id.source, "inspection")
        self._close(task, "village_doctor_b1", "township_public_health_b")
        self.assertEqual(hold.approval_state, "submitted")
        self.approve(hold, "primary_care_officer", "finance_officer_2", "deputy_leader")
        self.assertEqual((hold.state, payable.held_amount), ("released", 0.0))

    def test_who(self):
        for key in self.user:
            if key in (CLERK, "primary_care_officer"):
                continue
            with self.denied(
                ("bphs.fund.hold", "Only the rectification clerk and the", "not within your scope"), msg=key
            ):
                self.as_user(key, self.hold).action_ask_task()
        task = self.ask_task(self.hold, "primary_care_officer")
        for key in self.user:
            for values in ({"rectification_ids": [(5, 0, 0)]}, {"rectification_ids": [(3, task.id, 0)]}):
                with self.refused("A hold comes from a settlement or an amount to", msg=key):
                    self.as_user(key, self.hold).with_context(bphs_approval_pass=True).write(values)
            with self.refused(
                (
                    "bphs.rectification",
                    "of a rectification task cannot be set directly",
                    "If you need it, ask the bureau administrator",
                ),
                msg=key,
            ):
                self.as_user(key, task).write({"hold_ids": [(5, 0, 0)]})
        self.close_task(task)
        with self.refused("is released, or its release is being decided"):
            self.ask_task(self.hold, name="提交以后")
        self.assertEqual(self.as_user("village_doctor_a1", self.hold).rectification_ids, task)
        self.assertTrue(self.as_user("village_doctor_a1", task).hold_count)

    def test_the_dialog_tells_what_it_is_about(self):
        action = self.as_user(CLERK, self.hold).action_ask_task()
        form = Form(self.as_user(CLERK, action["res_model"]).with_context(**action["context"]))
        self.assertIn("2025Q1", form.name)
        self.assertIn("58.00", form.name)
        with self.assertRaisesRegex(AssertionError, "required"):
            form.save()
