from odoo import Command
from odoo.tests import tagged

from ..common import RectificationCase


@tagged("post_install", "-at_install")
class TestProblem(RectificationCase):
    def test_the_nine_kinds_are_there(self):
        kinds = self.env["bphs.problem.type"].search([("parent_id", "!=", False)])
        self.assertEqual(len(kinds), 9)
        self.assertTrue(all(kind._keyword_list() for kind in kinds))

    def test_numbers_follow_within_their_year(self):
        first = self._problem("甲", self.clinic_a1, found_on="2031-02-01")
        second = self._problem("乙", self.clinic_a1, found_on="2031-01-01")
        last_year = self._problem("丙", self.clinic_a1, found_on="2030-12-31")
        self.assertEqual(
            (first.number, second.number, last_year.number), ("问题2031-0001", "问题2031-0002", "问题2030-0001")
        )
        with self.refused("The number of a problem is drawn by the register"):
            first.number = "1"

    def test_a_problem_again_is_a_repeat(self):
        first = self._problem("一", self.clinic_a1 | self.clinic_a2, found_on="2031-01-10").line_ids
        self.assertFalse(any(first.mapped("is_repeat")))
        again = self._problem("二", self.clinic_a1 | self.clinic_b1, found_on="2031-06-10").line_ids
        a1 = again.filtered(lambda line: line.institution_id == self.clinic_a1)
        self.assertEqual(a1.repeat_of_id, first.filtered(lambda line: line.institution_id == self.clinic_a1))
        self.assertFalse((again - a1).is_repeat)
        other_type = self._problem("三", self.clinic_a1, found_on="2031-06-11", type_id=self.type_advice.id).line_ids
        self.assertFalse(other_type.is_repeat)
        long_after = self._problem("四", self.clinic_a1, found_on="2032-06-11").line_ids
        self.assertFalse(long_after.is_repeat)
        just_in_time = self._problem("五", self.clinic_a2, found_on="2032-01-10").line_ids
        self.assertTrue(just_in_time.is_repeat)
        task = self._issue(a1, "rectification_clerk")[0]
        self.assertEqual(task.repeat_count, 1)

    def test_one_entered_late_makes_the_later_one_a_repeat(self):
        later = self._problem("后", self.clinic_a1, found_on="2031-06-10").line_ids
        self._problem("前", self.clinic_a1, found_on="2031-01-10")
        self.assertTrue(later.is_repeat)

    def test_one_cancelled_counts_for_nothing(self):
        line = self._problem("一", self.clinic_a2, found_on="2031-01-10").line_ids
        task = self._issue(line, "rectification_clerk")[0]
        self.as_user("rectification_clerk", task).action_cancel("误登")
        self.assertFalse(self._problem("二", self.clinic_a2, found_on="2031-02-10").line_ids.is_repeat)

    def test_the_state_follows_the_tasks(self):
        clerk = self.as_user("rectification_clerk", "bphs.problem")
        problem = self._problem("一", self.clinic_a1 | self.clinic_a2)

        def state():
            self.env.invalidate_all()
            found = [
                name for name in ("registered", "rectifying", "done") if problem in clerk.search([("state", "=", name)])
            ]
            self.assertEqual(found, [problem.state])
            return problem.state

        self.assertEqual(state(), "registered")
        self._issue(problem.line_ids[0], "rectification_clerk")
        self.assertEqual((state(), problem.line_count, problem.to_issue_count), ("registered", 2, 1))
        self._issue(problem.line_ids[1], "rectification_clerk")
        self.assertEqual(state(), "rectifying")
        tasks = problem.line_ids.rectification_id
        self.as_user("primary_care_officer", tasks[0]).action_cancel("误发")
        self.assertEqual(state(), "rectifying")
        self._close(tasks[1], "village_doctor_a2", "township_director_a")
        self.assertEqual(state(), "done")

    def test_what_a_task_was_made_of_stays(self):
        line = self.problem.line_ids[0]
        clerk = self.as_user("rectification_clerk", line)
        for values in (
            {"detail": "改"},
            {"institution_id": self.clinic_a2.id},
            {"rectification_id": False},
            {"problem_id": self._problem("二", self.clinic_a2).id},
        ):
            with (
                self.subTest(values=values),
                self.refused(("was made of it, so it stays as it is", "of a problem follows from the tasks that are")),
            ):
                clerk.write(values)
        with self.refused("was made of it, so it stays as it is"):
            clerk.unlink()
        with self.refused("A problem that tasks were made of stays in the"):
            clerk.problem_id.unlink()
        for values in ({"name": "改"}, {"type_id": self.type_advice.id}, {"severity": "ongoing"}):
            with self.subTest(values=values), self.refused("was made of it, so it stays as it is"):
                clerk.problem_id.write(values)
        clerk.problem_id.description = "补充说明"
        with self.refused("of a problem follows from the tasks that are"):
            self.as_user("rectification_clerk", "bphs.problem.line").create(
                {
                    "problem_id": self._problem("三", self.clinic_a2).id,
                    "institution_id": self.clinic_b1.id,
                    "rectification_id": self.task_b1.id,
                }
            )

    def test_a_draft_gives_its_problems_back(self):
        problem = self._problem("一", self.clinic_a1)
        draft = self.as_user("rectification_clerk", "bphs.rectification")._create_from_lines(problem.line_ids)
        draft.unlink()
        self.assertFalse(problem.line_ids.rectification_id)
        with self.refused("was issued: cancel it with a reason instead"):
            self.as_user("rectification_clerk", self.task_a1).unlink()

    def test_who_registers(self):
        for key in self.user:
            values = {
                "name": "一",
                "type_id": self.type_advice.id,
                "line_ids": [Command.create({"institution_id": self.clinic_a1.id})],
            }
            with self.subTest(key=key):
                if key in ("rectification_clerk", "primary_care_officer"):
                    self.as_user(key, "bphs.problem").create(values)
                else:
                    with self.no_right("create", "bphs.problem"):
                        self.as_user(key, "bphs.problem").create(values)
