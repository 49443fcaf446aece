from odoo.tests import tagged

from ..common import RectificationCase


@tagged("post_install", "-at_install")
class TestSharedProblem(RectificationCase):
    """Whoever sees one line of a common problem is told of no other, by whatever way it is read."""

    def test_lines_of_others_are_not_even_counted(self):
        for read in (
            lambda problem: problem.read(["line_ids"])[0]["line_ids"],
            lambda problem: problem.web_read({"line_ids": {}})[0]["line_ids"],
            lambda problem: problem.line_ids.ids,
        ):
            self.env.invalidate_all()
            problem = self.as_user("village_doctor_a1", self.problem)
            problem.check_access("read")
            self.assertEqual(read(problem), self.task_a1.line_ids.ids)
        self.assertEqual(problem.line_count, 1)
        with self.denied("always forbidden"):
            problem.read(["institution_ids"])
