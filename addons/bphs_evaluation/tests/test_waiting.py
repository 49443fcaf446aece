from odoo.tests import tagged

from .common import EvaluationCase


@tagged("post_install", "-at_install")
class TestWaiting(EvaluationCase):
    def _waits(self, key):
        return {row["key"]: row["count"] for row in self.as_user(key, "bphs.waiting")._rows()}

    def test_sheets_wait_for_whoever_is_next(self):
        self.assertNotIn("sheet_enter", self._waits("evaluator"))
        self.round.action_start()
        self.assertEqual(self._waits("evaluator")["sheet_enter"], 2)
        self.assertNotIn("sheet_enter", self._waits("county_specialist"))
        sheet = self._sheet(self.township_a)
        self._enter(sheet)
        self.as_user("evaluator", sheet).action_sign()
        self.assertEqual(self._waits("township_director_a")["sheet_sign"], 1)
        self.assertNotIn("sheet_sign", self._waits("township_director_b"))
        self.as_user("township_director_a", sheet).action_object("不认可")
        self.assertEqual(self._waits("primary_care_officer")["sheet_objected"], 1)
        self.assertNotIn("sheet_objected", self._waits("township_director_a"))

    def test_a_proposed_scheme_waits_for_the_second_person(self):
        draft = self.scheme.with_user(self.user["primary_care_officer"]).copy()
        draft.action_propose()
        self.assertEqual(self._waits("county_specialist")["evaluation_scheme_publish"], 1)
        self.assertNotIn("evaluation_scheme_publish", self._waits("primary_care_officer"))
