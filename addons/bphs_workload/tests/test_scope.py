from odoo import Command
from odoo.tests import tagged

from .common import WorkloadCase

MODELS = ("bphs.workload", "bphs.workload.line", "bphs.workload.event")


@tagged("post_install", "-at_install")
class TestScope(WorkloadCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for statement in (cls.statement_a1, cls.statement_a2, cls.statement_b1):
            cls.submitted(statement, HTN_FOLLOWUP=5)

    def test_everyone_sees_their_institutions_and_no_other(self):
        seen = {"a": self.clinic_a1 | self.clinic_a2, "b": self.clinic_b1}
        seen |= {"a1": self.clinic_a1, "a2": self.clinic_a2, "b1": self.clinic_b1}
        everyone = self.clinic_a1 | self.clinic_a2 | self.clinic_b1
        for key in self.user:
            expected = seen.get(key.rsplit("_", 1)[-1], everyone)
            for model in MODELS:
                records = self.as_user(key, model).search([("institution_id", "in", everyone.ids)])
                self.assertEqual(records.institution_id, expected, f"{key} {model}")

    def test_what_is_out_of_scope_cannot_be_read_or_moved(self):
        foreign = {
            "village_doctor_a1": self.statement_a2,
            "village_doctor_a2": self.statement_a1,
            "township_public_health_a": self.statement_b1,
            "township_public_health_b": self.statement_a1,
            "township_director_b": self.statement_a1,
        }
        for key, statement in foreign.items():
            record = self.as_user(key, statement)
            for call in (
                lambda r=record: r.read(["state"]),
                lambda r=record: r.line_ids.read(["reported"]),
                lambda r=record: r.action_submit(),
                lambda r=record: r.action_verify(),
                lambda r=record: r.action_return("理由"),
                lambda r=record: r.unlink(),
                lambda r=record, s=statement, k=key: self.as_user(k, s.line_ids[:1]).write({"invalid": 0}),
            ):
                with self.denied(
                    ("not within your scope", "bphs.workload", "If you need it, ask the bureau administrator"), msg=key
                ):
                    call()
        self.assertEqual(
            set((self.statement_a1 | self.statement_a2 | self.statement_b1).mapped("state")),
            {"submitted"},
        )

    def test_each_step_belongs_to_its_roles(self):
        """Every role tries every step on a statement of its own scope that is in the right state
        for it.
        """
        steps = {
            "action_submit": ("draft", (), {"village_doctor", "township_public_health"}),
            "action_verify": ("submitted", (), {"township_public_health", "township_director"}),
            "action_return": ("submitted", ("理由",), {"township_public_health"}),
            "action_lock": ("verified", (), {"finance_officer"}),
        }
        inside = [key for key in self.user if not key.endswith(("_b", "_b1", "_a2", "_2"))]
        for method, (state, arguments, roles) in steps.items():
            for key in inside:
                role = key.removesuffix("_a1").removesuffix("_a")
                with self.subTest(f"{method} {role}"), self.env.cr.savepoint() as undo:
                    if state == "draft":
                        self.statement_a1.action_return("准备")
                    elif state == "verified":
                        self.statement_a1.action_verify()
                    call = getattr(self.as_user(key, self.statement_a1), method)
                    if role in roles:
                        call(*arguments)
                        self.assertNotEqual(self.statement_a1.state, state)
                    else:
                        with self.denied("Your role may not take this step on a workload"):
                            call(*arguments)
                    undo.rollback()
                    self.env.invalidate_all()

    def test_opening_stays_within_scope(self):
        Opening = self.as_user("township_public_health_a", "bphs.workload.open")
        with self.denied("not within your scope"), self.env.cr.savepoint():
            Opening.create(
                {
                    "period_id": self.q2.id,
                    "institution_ids": [Command.set((self.clinic_a1 | self.clinic_b1).ids)],
                }
            ).action_open_period()
        with self.denied("not within your scope"), self.env.cr.savepoint():
            self.as_user("township_public_health_a", "bphs.workload")._open_period(
                self.q2, self.clinic_a1 | self.clinic_b1
            )
        self.assertFalse(self.Workload.search([("period_id", "=", self.q2.id)]))
        for key in ("village_doctor_a1", "township_director_a", "auditor", "finance_officer"):
            with self.no_right("create", "bphs.workload.open", msg=key):
                self.as_user(key, "bphs.workload.open").create({"period_id": self.q2.id})
            with self.no_right("create", "bphs.workload", msg=key):
                self.as_user(key, "bphs.workload").create(
                    {"institution_id": self.clinic_a1.id, "period_id": self.q2.id}
                )

    def test_buttons_follow_the_roles(self):
        statement = self.statement_a1
        doctor = self.as_user("village_doctor_a1", statement)
        officer = self.as_user("township_public_health_a", statement)
        self.assertFalse(doctor.allowed_steps or doctor.can_report)
        self.assertTrue(officer.can_check)
        self.assertEqual(officer.allowed_steps, ["verify", "return"])
        officer.action_return("理由")
        self.assertTrue(doctor.can_report)
        self.assertEqual(doctor.allowed_steps, ["submit"])
        self.assertFalse(doctor.can_plan)
        self.assertTrue(officer.can_plan and officer.can_report)
        self.assertNotIn("verify", officer.allowed_steps)
