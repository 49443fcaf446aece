from odoo.tests import TransactionCase, tagged

from odoo.addons.bphs_rectification.tools.states import STATES


@tagged("post_install", "-at_install")
class TestRectification(TransactionCase):
    """The clerk's first screen is a real morning's work."""

    def _as(self, login, model="bphs.rectification"):
        return self.env[model].with_user(self.env["res.users"].search([("login", "=", login)]))

    def test_every_kind_of_the_bulletin_is_found_somewhere(self):
        kinds = self.env["bphs.problem.type"].search([("parent_id", "!=", False)])
        self.assertEqual(self.env["bphs.problem.line"].search([]).type_id, kinds)

    def test_every_township_has_something_to_put_right(self):
        tasks = self.env["bphs.rectification"].search([])
        self.assertEqual(len(tasks.township_id), 13)
        self.assertTrue(tasks.filtered(lambda task: task.institution_id != task.township_id))
        self.assertEqual(set(tasks.mapped("state")), {name for name, __ in STATES} - {"draft", "cancelled"})

    def test_the_morning_of_the_clerk(self):
        clerk = self._as("clerk")
        home = self.env["res.users"].search([("login", "=", "clerk")]).action_id
        self.assertEqual(home.id, self.env.ref("bphs_rectification.bphs_rectification_action").id)
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
