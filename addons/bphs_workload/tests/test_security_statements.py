from odoo import Command
from odoo.tests import tagged

from .common import WorkloadCase


@tagged("post_install", "-at_install")
class TestSecurityStatements(WorkloadCase):
    """A statement moves by its steps alone, whatever context, commands or columns a client sends."""

    def test_the_flag_of_uninstalling_deletes_no_work(self):
        self.report(self.statement_a1, HTN_FOLLOWUP=30)
        mine = self.as_user("township_public_health_a", self.statement_a1)
        with self.refused("holds work and cannot be deleted"), self.cr.savepoint():
            mine.with_context(_force_unlink=True).unlink()
        self.assertTrue(self.statement_a1.exists())

    def test_no_default_of_the_context_opens_a_statement_as_verified(self):
        Workload = self.as_user("township_public_health_a", "bphs.workload").with_context(
            default_state="verified",
            default_submitted_by_id=self.user["village_doctor_a1"].id,
            default_verified_by_id=self.user["township_public_health_b"].id,
            default_township_id=self.township_b.id,
        )
        statement = Workload.create({"institution_id": self.clinic_a1.id, "period_id": self.q2.id})
        self.assertRecordValues(
            statement,
            [
                {
                    "state": "draft",
                    "submitted_by_id": False,
                    "verified_by_id": False,
                    "township_id": self.township_a.id,
                }
            ],
        )

    def test_another_clinics_line_is_not_reached_through_ones_own_statement(self):
        mine = self.as_user("village_doctor_a1", self.statement_a1)
        other = self.line(self.statement_a2, self.item_htn)
        for command in (
            Command.update(other.id, {"reported": 99}),
            Command.link(other.id),
            Command.delete(other.id),
            Command.set(other.ids),
        ):
            with (
                self.subTest(command),
                self.refused(("not within your scope", "bphs.workload.line")),
                self.cr.savepoint(),
            ):
                mine.write({"line_ids": [command]})
        self.assertEqual((other.reported, other.workload_id), (0, self.statement_a2))

    def test_what_a_line_belongs_to_is_not_written(self):
        line = self.as_user("village_doctor_a1", self.line(self.statement_a1, self.item_htn))
        for vals in (
            {"verified": 99},
            {"institution_id": self.clinic_b1.id},
            {"period_id": self.q2.id},
            {"workload_id": self.statement_a2.id},
            {"state": "verified"},
        ):
            with self.subTest(vals), self.refused("cannot be changed now. Have the statement"), self.cr.savepoint():
                line.write(vals)

    def test_a_return_dialog_is_its_users_alone(self):
        self.submitted(self.statement_a1, HTN_FOLLOWUP=30)
        window = self.as_user("township_public_health_a", self.statement_a1).with_context(step="return")
        dialog = self.as_user("township_public_health_a", "bphs.step.reason").with_context(
            **window.action_ask_step()["context"]
        )
        dialog = dialog.create({"reason": "重报"})
        with self.denied("If you need it, ask the bureau administrator"):
            self.as_user("township_public_health_b", dialog).write({"reason": "x"})
