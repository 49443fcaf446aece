from pathlib import Path

from odoo import fields, models
from odoo.exceptions import AccessError, UserError
from odoo.modules.module import get_module_path
from odoo.tests import tagged

from ...models.mixins.bphs_steps_mixin import ANYBODY
from ...tools.steps import Step, table_problems
from ..common import CountyCase
from ..guarded import add_test_models
from ..state_drawings import documents, drawing_of


class SteppedDocument(models.Model):
    _name = "bphs.test.stepped"
    _inherit = ["bphs.steps.mixin", "bphs.scope.mixin"]
    _description = "Document With Steps of a Test"
    _module = "bphs_base"
    _steps = {
        "send": Step(("draft",), "sent", side="own"),
        "judge": Step(("sent",), "done", roles=("auditor", "village_doctor"), apart_from=("sent_by_id",)),
        "back": Step(("sent", "done"), "draft", reason_required=True),
        "expire": Step(("sent",), "done", by_system=True),
    }
    _step_sets = ("sent_by_id",)
    _writable = {"draft": {"own": ("text",)}, "sent": {"leader": ("note",)}, "done": {ANYBODY: ("note",)}}
    _given_at_creation = ("institution_id", "text")

    state = fields.Selection([("draft", "Draft"), ("sent", "Sent"), ("done", "Done")], default="draft", readonly=True)
    text = fields.Char()
    note = fields.Char()
    sent_by_id = fields.Many2one("res.users", readonly=True)

    def _is_on_side(self, side):
        if side == "own":
            return self.institution_id in self.env.user.bphs_institution_ids
        return super()._is_on_side(side)

    def action_send(self):
        self._check_step("send")
        self._take_step("send", {"sent_by_id": self.env.uid})

    def action_judge(self):
        self._check_step("judge")
        self._take_step("judge")

    def action_back(self, reason):
        self._check_step("back", reason)
        self._take_step("back", {"text": reason}, reason)

    def action_expire(self):
        self._check_step("expire")
        self._take_step("expire")

    def _asked_steps(self):
        return {"back": ("Back", "What is wrong", True)}


@tagged("post_install", "-at_install")
class TestSteps(CountyCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        add_test_models(cls, SteppedDocument)
        cls.env["ir.model.access"].create(
            {
                "name": "stepped",
                "model_id": cls.env["ir.model"]._get("bphs.test.stepped").id,
                "group_id": cls.env.ref("bphs_base.group_user").id,
                **dict.fromkeys(("perm_read", "perm_write", "perm_create"), True),
            }
        )
        cls.document = cls.env["bphs.test.stepped"].create({"institution_id": cls.clinic_a1.id, "text": "甲"})

    def as_(self, key):
        return self.as_user(key, self.document)

    def test_buttons_are_narrowed_to_what_this_user_may_do_now(self):
        doctor, auditor, leader = (self.as_(key) for key in ("village_doctor_a1", "auditor", "leader"))
        self.assertEqual((doctor.allowed_steps, auditor.allowed_steps), (["send"], []))
        doctor.action_send()
        self.assertEqual((doctor.allowed_steps, auditor.allowed_steps), (["back"], ["judge", "back"]))
        self.assertEqual(leader.allowed_steps, ["back"])

    def test_a_step_is_taken_by_its_side_from_its_state_and_not_by_whoever_stands_apart(self):
        with self.assertRaisesRegex(AccessError, "Your role may not take this step"):
            self.as_("auditor").action_send()
        with self.assertRaisesRegex(UserError, "this step does not apply to it"):
            self.as_("auditor").action_judge()
        self.as_("village_doctor_a1").action_send()
        with self.assertRaisesRegex(AccessError, "whoever did this work does not judge it"):
            self.as_("village_doctor_a1").action_judge()
        with self.assertRaisesRegex(UserError, "Say why"):
            self.as_("auditor").action_back(" ")
        self.as_("auditor").action_judge()
        self.assertEqual(self.document.state, "done")

    def test_what_the_system_does_nobody_presses(self):
        self.as_("village_doctor_a1").action_send()
        for key in ("village_doctor_a1", "auditor", "administrator"):
            with self.assertRaisesRegex(AccessError, "Your role may not take this step"):
                self.as_(key).action_expire()
        self.document.action_expire()
        self.assertEqual(self.document.state, "done")

    def test_what_steps_set_is_set_by_nobody_else(self):
        self.assertEqual(self.document._step_fields(), {"state", "sent_by_id"})
        for record in (self.document, self.as_("village_doctor_a1")):
            for vals in ({"state": "done"}, {"sent_by_id": self.env.uid}, {"institution_id": self.clinic_a2.id}):
                with self.assertRaisesRegex(UserError, "set by the steps"):
                    record.write(vals)
        with self.assertRaisesRegex(UserError, "set by the steps"):
            self.env["bphs.test.stepped"].create({"institution_id": self.clinic_a1.id, "state": "done"})
        made = (
            self.as_user("village_doctor_a1", "bphs.test.stepped")
            .with_context(default_state="done", default_sent_by_id=self.user["leader"].id)
            .create({"institution_id": self.clinic_a1.id})
        )
        self.assertEqual((made.state, made.sent_by_id.id), ("draft", False))

    def test_each_state_opens_its_fields_to_its_people(self):
        self.as_("village_doctor_a1").text = "乙"
        with self.assertRaisesRegex(AccessError, "not yours to write"):
            self.as_("auditor").text = "丙"
        with self.assertRaisesRegex(UserError, "cannot be changed now"):
            self.as_("leader").note = "丁"
        self.as_("village_doctor_a1").action_send()
        with self.assertRaisesRegex(UserError, "cannot be changed now"):
            self.as_("village_doctor_a1").text = "丙"
        self.as_("leader").note = "丁"
        self.assertEqual((self.document.text, self.document.note), ("乙", "丁"))

    # === THE WINDOW THAT ASKS WHY === #

    def test_the_window_asks_and_takes_the_step(self):
        self.as_("village_doctor_a1").action_send()
        window = self.as_("auditor").with_context(step="back").action_ask_step()
        self.assertEqual(window["name"], "Back")
        ask = self.as_user("auditor", "bphs.step.reason").with_context(**window["context"])
        dialog = ask.create({"reason": "  "})
        self.assertEqual((dialog.hint, dialog.reason_required), ("What is wrong", True))
        with self.assertRaisesRegex(UserError, "Say why"):
            dialog.action_confirm()
        dialog.reason = "不清楚"
        dialog.action_confirm()
        self.assertEqual((self.document.state, self.document.text), ("draft", "不清楚"))
        with self.assertRaisesRegex(UserError, "does not apply"):
            dialog.action_confirm()

    def test_the_window_calls_nothing_that_asks_for_no_reason(self):
        with self.assertRaisesRegex(UserError, "no such step"):
            self.as_("auditor").with_context(step="judge").action_ask_step()
        ask = self.as_user("auditor", "bphs.step.reason")
        for model, step, said in (
            ("bphs.test.stepped", "judge", "no such step"),
            ("res.users", "unlink", "asks for no reason"),
            ("no.such", "x", "asks for no reason"),
        ):
            dialog = ask.create({"res_model": model, "res_ids": self.document.ids, "step": step, "reason": "因"})
            with self.assertRaisesRegex(UserError, said):
                dialog.action_confirm()

    def test_a_window_is_its_users_alone(self):
        values = {"res_model": "bphs.test.stepped", "res_ids": self.document.ids, "step": "back", "reason": "因"}
        dialog = self.as_user("auditor", "bphs.step.reason").create(values)
        for attempt in (
            self.as_user("leader", dialog).action_confirm,
            lambda: self.as_user("leader", dialog).write({"reason": "x"}),
        ):
            with self.denied(("this record is not within your scope", "this record is not yours to change")):
                attempt()


@tagged("post_install", "-at_install")
class TestEveryDocumentWithSteps(CountyCase):
    """What the mixin relies on, of every document of the suite that is installed."""

    def documents(self):
        return documents(self.env)

    def test_every_table_is_sound(self):
        for document in self.documents():
            with self.subTest(document._name):
                state = document._fields[document._state_field]
                states = [value for value, __ in state.selection]
                start = document.sudo().default_get([state.name]).get(state.name)
                self.assertEqual(table_problems(states, start, document._steps), [])
                self.assertLessEqual(document._step_fields(), set(document._fields))
                for sides in (document._writable or {}).values():
                    for names in sides.values():
                        self.assertLessEqual(set(names), set(document._fields))

    def test_what_steps_set_is_in_no_form_to_write(self):
        for document in self.documents():
            for name in document._step_fields():
                self.assertTrue(document._fields[name].readonly, f"{document._name}.{name}")

    def test_nothing_that_must_hold_for_steps_is_passed_by(self):
        """`_write_state` passes by whatever stands before the mixin: the document itself, and mixins built on steps."""
        mixin = self.env.registry["bphs.steps.mixin"]
        for document in self.documents():
            for base in type(document).mro():
                if getattr(base, "_name", None) == mixin._name:
                    break
                if "write" in vars(base) or "create" in vars(base):
                    name = base._name if isinstance(getattr(base, "_name", None), str) else document._name
                    self.assertTrue(
                        name == document._name or issubclass(self.env.registry[name], mixin),
                        f"{document._name}: {base.__module__}.{base.__name__} is passed by",
                    )

    def test_the_drawings_are_those_of_the_tables(self):
        folder = Path(get_module_path("bphs_base")).parents[1] / "docs" / "states"
        if not folder.is_dir():
            self.skipTest("the documentation is not beside the addons")
        for document in self.documents():
            with self.subTest(document._name):
                drawn = (folder / f"{document._name}.dot").read_text("utf-8")
                self.assertEqual(drawn, drawing_of(document), "call scripts/draw-states")
                self.assertTrue((folder / f"{document._name}.svg").is_file())
