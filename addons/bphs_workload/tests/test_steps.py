import psycopg2

from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from .common import WorkloadCase


@tagged("post_install", "-at_install")
class TestSteps(WorkloadCase):
    @freeze_time("2025-04-10 02:00:00")
    def test_a_quarter_from_filling_in_to_locked(self):
        statement = self.submitted(self.statement_a1, HTN_FOLLOWUP=30, EHR_UPDATE=12)
        self.assertRecordValues(
            statement,
            [
                {
                    "state": "submitted",
                    "late": False,
                    "submitted_on": fields.Date.to_date("2025-04-10"),
                    "submitted_by_id": self.user["village_doctor_a1"].id,
                }
            ],
        )
        officer = self.as_user("township_public_health_a", statement)
        officer.write(
            {
                "line_ids": [
                    fields.Command.update(
                        self.line(statement, self.item_htn).id,
                        {"invalid": 2, "invalid_reason": "无血压记录", "false_qty": 1},
                    )
                ]
            }
        )
        officer.action_verify()
        self.assertEqual(self.line(statement, self.item_htn).verified, 27)
        self.assertEqual(statement.verified_by_id, self.user["township_public_health_a"])
        statement._lock_for_settlement("2025Q1")
        self.assertEqual(statement.state, "locked")
        self.assertEqual(
            statement.event_ids.sorted("id").mapped(lambda event: (event.event, event.user_id, event.reason)),
            [
                ("submit", self.user["village_doctor_a1"], ""),
                ("verify", self.user["township_public_health_a"], ""),
                ("lock", self.env.user, "2025Q1"),
            ],
        )
        self.assertIn("无血压记录", statement.event_ids[0].findings)

    def test_late_after_the_due_date_in_beijing(self):
        with freeze_time("2025-04-10 15:59:00"):  # 23:59 of the last day
            self.assertFalse(self.submitted(self.statement_a1, HTN_FOLLOWUP=1).late)
        with freeze_time("2025-04-10 16:01:00"):  # 00:01 of the next
            # The client's time zone does not turn the clock back.
            doctor = self.report(self.statement_a2, HTN_FOLLOWUP=1).with_context(tz="America/Los_Angeles")
            doctor.action_submit()
            self.assertTrue(self.statement_a2.late)

    def test_overdue_is_found(self):
        Workload = self.as_user("township_public_health_a", "bphs.workload")
        with freeze_time("2025-04-10 02:00:00"):
            self.assertFalse(Workload.search([("overdue", "=", True)]))
        with freeze_time("2025-04-11 02:00:00"):
            self.submitted(self.statement_a1, HTN_FOLLOWUP=1)
            self.assertEqual(Workload.search([("overdue", "=", True)]).ids, self.statement_a2.ids)
            self.assertNotIn(self.statement_a2, Workload.search([("overdue", "=", False)]))
            self.assertTrue(self.statement_a2.overdue)

    def test_steps_out_of_order_are_refused(self):
        officer = self.as_user("township_public_health_a", self.statement_a1)
        for step, arguments in (("verify", ()), ("return", ("理由",))):
            with self.assertRaisesRegex(UserError, "甲一村卫生室 2025Q1"):
                getattr(officer, f"action_{step}")(*arguments)
        with self.refused("this step does not apply to it"):
            self.as_user("finance_officer", self.statement_a1).action_lock()
        self.submitted(self.statement_a1, HTN_FOLLOWUP=3)
        with self.refused("this step does not apply to it"):
            self.as_user("village_doctor_a1", self.statement_a1).action_submit()
        with self.refused("this step does not apply to it"):
            self.statement_a1._lock_for_settlement()
        self.assertEqual(self.statement_a1.state, "submitted")

    def test_nobody_verifies_their_own_report(self):
        officer = self.as_user("township_public_health_a", self.statement_a1)
        self.line(officer, self.item_htn).reported = 3
        officer.action_submit()
        with self.assertRaisesRegex(UserError, "submitted by you"):
            officer.action_verify()
        self.assertEqual(self.statement_a1.state, "submitted")
        self.assertNotIn("verify", officer.allowed_steps)
        director = self.as_user("township_director_a", self.statement_a1)
        self.assertIn("verify", director.allowed_steps)
        director.action_verify()
        self.assertEqual(self.statement_a1.verified_by_id, self.user["township_director_a"])

    def test_one_wrong_statement_stops_the_whole_set(self):
        self.submitted(self.statement_a1, HTN_FOLLOWUP=3)
        both = self.as_user("township_public_health_a", self.statement_a1 | self.statement_a2)
        with self.refused("this step does not apply to it"):
            both.action_verify()
        self.assertEqual(self.statement_a1.state, "submitted")

    def test_an_empty_statement_needs_a_note(self):
        doctor = self.as_user("village_doctor_a1", self.statement_a1)
        with self.assertRaisesRegex(UserError, "甲一村卫生室"):
            doctor.action_submit()
        doctor.note = "村医外出培训"
        doctor.action_submit()
        self.assertEqual(self.statement_a1.state, "submitted")

    def test_return_keeps_its_reason_and_opens_the_figures(self):
        self.verified(self.statement_a1, HTN_FOLLOWUP=3)
        officer = self.as_user("township_public_health_a", self.statement_a1)
        for reason in ("", "  ", False):
            with self.refused("Say why the statement is returned"):
                officer.action_return(reason)
        window = officer.with_context(step="return").action_ask_step()
        dialog = self.as_user("township_public_health_a", "bphs.step.reason").with_context(**window["context"])
        dialog.create({"reason": "随访数与档案不符"}).action_confirm()
        self.assertRecordValues(
            self.statement_a1,
            [{"state": "draft", "submitted_on": False, "verified_on": False, "late": False}],
        )
        self.assertEqual(self.statement_a1.event_ids[0].reason, "随访数与档案不符")
        self.report(self.statement_a1, HTN_FOLLOWUP=4)

    def test_history_is_written_once(self):
        self.submitted(self.statement_a1, HTN_FOLLOWUP=3)
        event = self.statement_a1.event_ids
        with self.refused("an entry once made is never changed or deleted"):
            event.write({"reason": "另写"})
        with self.refused("an entry once made is never changed or deleted"):
            event.unlink()
        with (
            self.assertRaises(psycopg2.errors.IntegrityError),
            mute_logger("odoo.sql_db"),
            self.env.cr.savepoint(),
        ):
            self.env.cr.execute("UPDATE bphs_workload_event SET reason = 'x' WHERE id = %s", [event.id])
        with self.no_right("create", "bphs.workload.event"):
            self.as_user("township_public_health_a", "bphs.workload.event").create(
                {
                    "workload_id": self.statement_a1.id,
                    "institution_id": self.clinic_a1.id,
                    "event": "verify",
                    "user_id": self.user["leader"].id,
                }
            )

    def test_what_was_settled_is_corrected_only_under_an_exception(self):
        self.verified(self.statement_a1, HTN_FOLLOWUP=3)._lock_for_settlement()
        self.verified(self.statement_a2, HTN_FOLLOWUP=3)._lock_for_settlement()
        officer = self.as_user("township_public_health_a", self.statement_a1)
        with freeze_time("2025-05-02 02:00:00"):
            with self.assertRaisesRegex(UserError, "2025Q1"):
                officer.action_return("更正")
            self.as_user("finance_officer", "bphs.period.exception").create(
                {
                    "period_id": self.q1.id,
                    "institution_id": self.clinic_a1.id,
                    "reason": "更正随访数",
                    "date_from": "2025-05-01",
                    "date_to": "2025-05-03",
                }
            )
            with self.refused("has been settled. To correct it, ask the"):
                self.as_user("township_public_health_a", self.statement_a2).action_return("更正")
        with freeze_time("2025-05-04 02:00:00"), self.refused("has been settled. To correct it, ask the"):
            officer.action_return("更正")
        with freeze_time("2025-05-03 02:00:00"):
            officer.action_return("更正")
        self.assertEqual(self.statement_a1.state, "draft")
        self.assertEqual(self.statement_a1.event_ids[0].event, "correct")

    def test_a_locked_period_stops_every_step(self):
        self.submitted(self.statement_a1, HTN_FOLLOWUP=3)
        self.as_user("finance_officer", self.q1).action_lock("年度决算")
        with self.assertRaisesRegex(UserError, "2025Q1"):
            self.as_user("township_public_health_a", self.statement_a1).action_verify()
        with self.assertRaisesRegex(UserError, "2025Q1"):
            self.report(self.statement_a2, HTN_FOLLOWUP=1)
        with self.assertRaisesRegex(UserError, "2025Q1"):
            self.Workload.create({"institution_id": self.township_a.id, "period_id": self.q1.id})
        with (
            self.assertRaises(psycopg2.errors.IntegrityError),
            mute_logger("odoo.sql_db"),
            self.env.cr.savepoint(),
        ):
            self.env.cr.execute(
                "UPDATE bphs_workload_line SET planned = 1 WHERE workload_id = %s",
                [self.statement_a2.id],
            )

    def test_state_cannot_be_written_or_created(self):
        officer = self.as_user("township_public_health_a", self.statement_a1)
        for values in (
            {"state": "verified"},
            {"verified_by_id": self.env.uid},
            {"late": False},
            {"institution_id": self.clinic_a2.id},
            {"period_id": self.q2.id},
            {"township_id": self.township_b.id},
        ):
            for records in (
                officer,
                officer.with_context(force=True, install_mode=True),
                self.statement_a1,
            ):
                with self.refused("of a workload statement cannot be set directly", msg=values):
                    records.write(values)
        with self.refused("of a workload statement cannot be set directly"):
            self.as_user("township_public_health_a", "bphs.workload").create(
                {"institution_id": self.clinic_a1.id, "period_id": self.q2.id, "state": "verified"}
            )
        self.assertEqual(self.statement_a1.state, "draft")
