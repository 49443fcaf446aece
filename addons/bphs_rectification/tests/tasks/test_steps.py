from ast import literal_eval
from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged

from ...tools.states import STEPS
from ..common import RectificationCase

# Everyone of the county, by what they may do to the task of clinic a1 and to that of township a.
CLERKS = {"rectification_clerk", "primary_care_officer"}
WHO = {
    "clinic": {
        "responsible": {"village_doctor_a1"},
        "verifier": {"township_public_health_a", "township_director_a", "evaluator"},
        "clerk": CLERKS,
    },
    "township": {
        "responsible": {"township_public_health_a", "township_director_a"},
        "verifier": {*CLERKS, "county_specialist", "evaluator"},
        "clerk": CLERKS,
    },
}
WORKER = {"clinic": "village_doctor_a1", "township": "township_public_health_a"}
VERIFIER = {"clinic": "township_director_a", "township": "county_specialist"}


@tagged("post_install", "-at_install")
class TestSteps(RectificationCase):
    def _at(self, level, state):
        """:return: the task of clinic a1 or of township a, brought to a state by the right people"""
        task = self.task_a1 if level == "clinic" else self.task_a
        if state == "draft":
            task = self.as_user("rectification_clerk", "bphs.rectification")._create_from_lines(
                self._problem("另一问题", task.institution_id).line_ids
            )
            return task.with_env(self.env)
        if state in ("acknowledged", "in_progress", "submitted"):
            self._work(task, WORKER[level], state)
        if state in ("verified", "closed"):
            self._work(task, WORKER[level])
            self.as_user(VERIFIER[level], task).action_verify()
        if state == "closed":
            self.as_user("rectification_clerk", task).action_close()
        self.assertEqual(task.state, state)
        return task

    def _attempt(self, task, key, step):
        """:return: the error a person gets on a step, or None"""
        mine = self.as_user(key, task)
        method = getattr(mine, f"action_{'return' if step == 'reject' else step}")
        savepoint = self.env.cr.savepoint()
        try:
            method("理由") if STEPS[step].reason_required else method()
            self.env.flush_all()
            self.assertEqual(task.state, STEPS[step].target)
            return None
        except (AccessError, UserError) as error:
            return error
        finally:
            savepoint.close(rollback=True)
            self.env.invalidate_all()

    def test_h29_a_task_shows_its_problem_and_is_found_by_its_words(self):
        problem = self.task_a1.line_ids.problem_id
        self.assertIn(problem.name, self.task_a1.problem_summary)
        arch, _view = self.env["bphs.rectification"]._get_view(view_type="search")
        typed = next(arch.iter("field")).get("filter_domain").replace("self", repr(problem.name))
        domain = literal_eval(typed)
        self.assertIn(self.task_a1, self.as_user("village_doctor_a1", "bphs.rectification").search(domain))
        arch, _view = self.env["bphs.rectification"]._get_view(view_type="kanban")
        self.assertIn("problem_summary", [node.get("name") for node in arch.iter("field")])

    def test_h25_what_is_missing_is_said_before_words_are_asked_for(self):
        self._work(self.task_a1, "village_doctor_a1", "in_progress")
        mine = self.as_user("village_doctor_a1", self.task_a1).with_context(step="submit")
        with self.refused("write down the measures and what has been put right first"):
            mine.action_ask_step()
        mine.write({"measures": "补填", "result": "已补填"})
        with self.refused("add a photo, a file or a text as proof first"):
            mine.action_ask_step()
        self._prove(self.task_a1, "village_doctor_a1")
        self.assertEqual(mine.action_ask_step()["res_model"], "bphs.step.reason")

    def test_h24_after_a_return_new_proof_is_asked_for(self):
        self._work(self.task_a1, "village_doctor_a1")
        self.as_user("township_public_health_a", self.task_a1).action_return("照片不清")
        mine = self.as_user("village_doctor_a1", self.task_a1)
        with self.assertRaisesRegex(UserError, "was returned: what was handed in before does not count again"):
            mine.action_submit("再交")

    def test_every_step_by_everyone_of_the_county(self):
        """Each step, tried by each of the county's people, on a clinic's task and on a township's."""
        for level in WHO:
            for step, transition in STEPS.items():
                savepoint = self.env.cr.savepoint()
                task = self._at(level, transition.sources[0])
                if step == "submit":
                    self._prove(task, WORKER[level])
                allowed = set(WHO[level][transition.side])
                if "submitter" in transition.apart_from:
                    allowed -= {WORKER[level]}
                if step == "close":
                    allowed -= {VERIFIER[level]}
                for key in self.user:
                    with self.subTest(level=level, step=step, key=key):
                        error = self._attempt(task, key, step)
                        if key in allowed:
                            self.assertIsNone(error)
                        else:
                            self.assertIsInstance(error, AccessError)
                savepoint.close(rollback=True)
                self.env.invalidate_all()

    def test_no_step_from_a_state_it_does_not_start_from(self):
        for state in ("draft", "issued", "acknowledged", "in_progress", "submitted", "verified", "closed"):
            savepoint = self.env.cr.savepoint()
            task = self._at("township", state)
            for step, transition in STEPS.items():
                if state in transition.sources or (step in ("return", "reject") and state in ("submitted", "verified")):
                    continue
                key = {"responsible": WORKER, "verifier": VERIFIER}.get(transition.side, {}).get(
                    "township", "primary_care_officer"
                )
                with self.subTest(state=state, step=step):
                    error = self._attempt(task, key, step)
                    self.assertIsInstance(error, UserError)
                    self.assertNotIsInstance(error, AccessError)
            savepoint.close(rollback=True)
            self.env.invalidate_all()

    def test_a_reason_where_one_is_needed(self):
        for step, state in (
            ("return", "submitted"),
            ("return", "verified"),
            ("reopen", "closed"),
            ("cancel", "issued"),
        ):
            savepoint = self.env.cr.savepoint()
            task = self._at("township", state)
            for reason in ("", "  ", False, None):
                with self.subTest(step=step, state=state), self.assertRaisesRegex(UserError, "Say why|原因|理由"):
                    getattr(self.as_user("primary_care_officer", task), f"action_{step}")(reason)
            savepoint.close(rollback=True)
            self.env.invalidate_all()

    def test_nobody_judges_their_own_work(self):
        """Named responsible, or having added one photo, or having verified: by any role, whoever that is."""
        self._work(self.task_a1, "village_doctor_a1", "in_progress")
        self.as_user("rectification_clerk", self.task_a1).responsible_id = self.user["township_public_health_a"]
        self._prove(self.task_a1, "township_public_health_a")
        self.as_user("village_doctor_a1", self.task_a1).action_submit()
        with self.denied("whoever is responsible for the work does not"):
            self.as_user("township_public_health_a", self.task_a1).action_verify()
        # No longer responsible after a return, but the photo remains theirs.
        self.as_user("township_director_a", self.task_a1).action_return("再补")
        self.as_user("rectification_clerk", self.task_a1).responsible_id = self.user["village_doctor_a1"]
        self._prove(self.task_a1, "village_doctor_a1")
        self.as_user("village_doctor_a1", self.task_a1).action_submit()
        with self.denied("whoever handed in proof does not judge it"):
            self.as_user("township_public_health_a", self.task_a1).action_verify()
        self.as_user("township_director_a", self.task_a1).action_verify()

        self._work(self.task_a, "township_public_health_a")
        self.as_user("rectification_clerk", self.task_a).action_verify()
        with self.denied("whoever verified it does not close it; another"):
            self.as_user("rectification_clerk", self.task_a).action_close()
        self.as_user("primary_care_officer", self.task_a).action_close()

    def test_reopening_leaves_a_trace_and_a_new_term(self):
        with freeze_time("2026-03-02 02:00:00"):
            task = self._at("township", "closed")
        with freeze_time("2026-06-01 02:00:00"):
            self.as_user("rectification_clerk", task).action_reopen("回头看发现反弹")
        self.assertEqual(
            (task.state, task.closed_by_id.id, task.verifier_id.id, task.reopen_count), ("in_progress", False, False, 1)
        )
        self.assertEqual(str(task.deadline), "2026-07-01")
        event = task.event_ids.sorted("id")[-1]
        self.assertEqual(
            (event.kind, event.reason, event.user_id, event.from_state, event.to_state),
            ("reopen", "回头看发现反弹", self.user["rectification_clerk"], "closed", "in_progress"),
        )
        with self.refused("an entry once made is never changed or deleted"):
            event.sudo().write({"reason": "无"})

    def test_the_state_is_reached_by_steps_alone(self):
        task = self._at("clinic", "in_progress")
        for key in self.user:
            for values in (
                {"state": "closed"},
                {"verifier_id": self.user[key].id},
                {"closed_on": self.today},
                {"number": "1"},
                {"round": 5},
                {"deadline": self.today + timedelta(days=900)},
                {"institution_id": self.clinic_a2.id},
                {"line_ids": [(5,)]},
                {"event_ids": [(5,)]},
            ):
                with (
                    self.subTest(key=key, values=values),
                    self.refused(
                        (
                            "bphs.rectification",
                            "of a rectification task cannot be set directly",
                            "cannot be changed now",
                            "If you need it, ask the bureau administrator",
                        )
                    ),
                ):
                    self.as_user(key, task).write(values)
        for values in ({"state": "closed"}, {"number": "1"}, {"round": 3}, {"date_issued": self.today}):
            with self.subTest(values=values), self.refused("of a rectification task cannot be set directly"):
                self.as_user("rectification_clerk", "bphs.rectification").create(
                    {"institution_id": self.clinic_a1.id, **values}
                )

    def test_no_default_of_the_context_opens_a_door(self):
        draft = (
            self.as_user("rectification_clerk", "bphs.rectification")
            .with_context(default_state="closed", default_number="X", default_round=4)
            .create({"institution_id": self.clinic_a1.id})
        )
        self.assertEqual((draft.state, draft.number, draft.round), ("draft", False, 0))

    def test_submission_needs_measures_result_and_proof(self):
        self._work(self.task_a1, "village_doctor_a1", "in_progress")
        doctor = self.as_user("village_doctor_a1", self.task_a1)
        with self.refused("write down the measures and what has been put"):
            doctor.action_submit()
        doctor.write({"measures": "培训", "result": "已改"})
        with self.refused("add a photo, a file or a text as proof first"):
            doctor.action_submit()
        self._prove(self.task_a1, "village_doctor_a1")
        doctor.action_submit()
        self.as_user("township_director_a", self.task_a1).action_return("照片不清")
        # The proof of the first round is not that of the second.
        with self.refused("was returned: what was handed in before does"):
            doctor.action_submit()
        self.assertEqual(self.task_a1.return_reason, "照片不清")
        self.assertEqual(self.task_a1.round, 1)

    def test_a_task_issued_is_complete(self):
        for task in (self.task_a1, self.task_a):
            self.assertEqual(task.state, "issued")
            self.assertRegex(task.number, r"^整改\d{4}-\d{4}$")
            self.assertEqual(task.date_issued, self.today)
            self.assertGreaterEqual(task.deadline, self.today + timedelta(days=30))
            self.assertTrue(self.env["bphs.working.day"]._is_working_day(task.deadline))
        self.assertEqual(self.task_a1.responsible_id, self.user["village_doctor_a1"])
        self.assertEqual(self.task_a.responsible_id, self.user["township_public_health_a"])

    def test_deadlines_fall_on_working_days(self):
        tasks = self.env["bphs.rectification"]
        for issued, severity, due in (
            ("2026-03-02", "immediate", "2026-03-09"),
            ("2026-03-06", "immediate", "2026-03-13"),
            ("2026-09-24", "immediate", "2026-10-08"),  # 1 October: seven days of National Day
            ("2026-03-13", "limited", "2026-04-13"),  # 12 April is a Sunday
            ("2026-03-02", "ongoing", "2026-06-01"),  # 31 May is a Sunday
        ):
            with self.subTest(issued=issued, severity=severity):
                self.assertEqual(str(tasks._deadline_by_severity(severity, fields.Date.to_date(issued))), due)
        self.env["ir.config_parameter"].set_param("bphs_rectification.days_immediate", "10")
        self.assertEqual(str(tasks._deadline_by_severity("immediate", fields.Date.to_date("2026-03-02"))), "2026-03-12")
