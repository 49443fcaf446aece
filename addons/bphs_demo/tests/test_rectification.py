from ast import literal_eval

from odoo.tests import TransactionCase, tagged

from odoo.addons.bphs_rectification.tools.states import STATES


@tagged("post_install", "-at_install")
class TestRectification(TransactionCase):
    """The clerk's first screen is a real morning's work."""

    def _as(self, login, model="bphs.rectification"):
        return self.env[model].with_user(self.env["res.users"].search([("login", "=", login)]))

    def test_every_kind_of_the_bulletin_is_found_somewhere(self):
        kinds = self.env["bphs.problem.type"].search([("parent_id", "!=", False)])
        # What a round of evaluation found is of the kinds its scheme names, what was not true of a kind of its own.
        listed = self.env["bphs.problem.line"].search(
            [("problem_id.evaluation_id", "=", False), ("type_id.parent_id", "!=", False)]
        )
        self.assertEqual(listed.type_id, kinds)

    def test_every_township_has_something_to_put_right(self):
        tasks = self.env["bphs.rectification"].search([])
        self.assertEqual(len(tasks.township_id), 13)
        self.assertTrue(tasks.filtered(lambda task: task.institution_id != task.township_id))
        self.assertEqual(set(tasks.mapped("state")), {name for name, __ in STATES} - {"draft", "cancelled"})

    def test_the_morning_of_the_clerk(self):
        clerk = self._as("clerk")
        home = self.env["res.users"].search([("login", "=", "clerk")]).action_id
        self.assertEqual(home.id, self.env.ref("bphs_base.action_home").id)
        for domain in (
            [("is_overdue", "=", True)],
            [("days_left", ">=", 0), ("days_left", "<=", 7)],
            [("can_verify", "=", True)],
            [("state", "=", "verified")],
            [("repeat_count", ">", 0)],
        ):
            with self.subTest(domain=domain):
                self.assertGreaterEqual(clerk.search_count(domain), 3)

    def test_what_others_find(self):
        self.assertTrue(self._as("primarycare", "bphs.rectification.extension").search([("state", "=", "asked")]))
        self.assertTrue(self._as("specialist").search([("can_verify", "=", True)]))
        for place in ("yincheng", "beicheng"):
            self.assertTrue(self._as(f"ph.{place}").search([("state", "!=", "closed")]))

    def test_history_is_by_those_who_act(self):
        closed = self.env["bphs.rectification"].search([("state", "=", "closed")])
        self.assertGreater(len(closed), 20)
        for task in closed:
            self.assertNotIn(task.verifier_id, task.responsible_id | task.evidence_ids.uploaded_by_id)
            self.assertLessEqual(task.date_issued, task.submitted_on)
            self.assertLessEqual(task.submitted_on, task.verified_on)
            self.assertLessEqual(task.verified_on, task.closed_on)

    def test_each_step_stands_under_its_own_day(self):
        tasks = self.env["bphs.rectification"].search([("state", "=", "closed")])
        for task in tasks:
            days = {event.to_state: event.create_date.date() for event in task.event_ids if event.kind != "note"}
            self.assertEqual(days["issued"], task.date_issued)
            self.assertEqual(days["closed"], task.closed_on)
            self.assertLessEqual(max(task.evidence_ids.mapped("create_date")).date(), task.submitted_on)

    def test_proof_waits_and_some_of_it_too_long(self):
        waiting = self.env["bphs.rectification"].search([("state", "=", "submitted")])
        late = waiting.filtered("is_verify_overdue")
        self.assertTrue(late)
        self.assertLess(len(late), len(waiting) / 3)

    def test_every_menu_of_supervision_and_training_shows_something(self):
        """Whoever has the menu finds at least one record behind it."""
        menus = self.env["ir.ui.menu"]
        for name in ("menu_supervision", "menu_guidance"):
            menus |= menus.search([("parent_id", "=", self.env.ref(f"bphs_rectification.{name}").id)])
        seen = set()
        for row in self.env["res.users"]._bphs_demo_signins():
            user = self.env["res.users"].search([("login", "=", row["login"])])
            seen_by = self.env["ir.ui.menu"].with_user(user)._visible_menu_ids()
            for menu in menus.filtered(lambda menu, seen_by=seen_by: menu.id in seen_by):
                action = menu.action
                model = self.env[action.res_model]
                if not model._transient:
                    with self.subTest(login=row["login"], menu=menu.name):
                        seen.add(action.res_model)
                        self.assertTrue(model.with_user(user).search(literal_eval(action.domain or "[]"), limit=1))
        self.assertEqual(len(seen), 9)

    def test_oversight_stands_at_every_stage(self):
        for model, states in (
            ("bphs.supervision.letter", {"draft", "issued", "answered"}),
            ("bphs.interview", {"draft", "recorded"}),
            ("bphs.lookback", {"draft", "drawn", "done"}),
            ("bphs.quarterly.report", {"draft", "submitted"}),
        ):
            with self.subTest(model):
                self.assertEqual(set(self.env[model].search([]).mapped("state")), states)
        reports = self.env["bphs.quarterly.report"]
        for domain in ([("is_overdue", "=", True)], [("late", "=", True)], [("return_reason", "!=", False)]):
            self.assertTrue(reports.search(domain), domain)
        self.assertTrue(self.env["bphs.supervision.letter"].search([("is_overdue", "=", True)]))
        verdicts = self.env["bphs.lookback.line"].search([]).mapped("verdict")
        self.assertEqual(set(verdicts), {False, "holds", "fails"})
        self.assertTrue(self._as("evaluator", "bphs.lookback.line").search([("can_check", "=", True)]))

    def test_those_who_sign_in_have_something_to_do(self):
        for place in ("yincheng", "beicheng"):
            doctor = self._as(f"doctor.{place}")
            self.assertTrue(doctor.search([("state", "=", "in_progress")]))
            self.assertTrue(doctor.search([("state", "=", "issued"), ("repeat_count", ">", 0)]))
            self.assertTrue(self._as(f"director.{place}").search([("can_verify", "=", True)]))
        letters = self._as("director.yincheng", "bphs.supervision.letter").search([])
        self.assertTrue(letters.filtered("can_answer"))
        returned = self._as("ph.yincheng", "bphs.quarterly.report").search([("state", "=", "draft")])
        self.assertTrue(returned.filtered("can_write").return_reason)
