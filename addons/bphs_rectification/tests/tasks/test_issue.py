from datetime import timedelta

from freezegun import freeze_time

from odoo import Command
from odoo.tests import tagged

from ..common import RectificationCase


@tagged("post_install", "-at_install")
class TestIssue(RectificationCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.lines = (
            cls._problem("用药", cls.clinic_a1 | cls.clinic_a2, severity="ongoing")
            | cls._problem("指导", cls.clinic_a1, type_id=cls.type_advice.id, severity="immediate")
        ).line_ids

    def _dialog(self, key="rectification_clerk", **vals):
        return self.as_user(key, "bphs.rectification.issue").create({"line_ids": [Command.set(self.lines.ids)], **vals})

    def test_by_institution_the_most_urgent_decides(self):
        dialog = self._dialog(grouping="institution")
        self.assertEqual((dialog.task_count, dialog.line_count), (2, 3))
        dialog.action_confirm()
        tasks = self.lines.rectification_id
        self.assertEqual(len(tasks), 2)
        a1 = tasks.filtered(lambda task: task.institution_id == self.clinic_a1)
        self.assertEqual((len(a1.line_ids), a1.severity), (2, "immediate"))
        self.assertIn("用药", a1.problem_summary)

    def test_by_type(self):
        dialog = self._dialog(grouping="institution_type")
        self.assertEqual(dialog.task_count, 3)
        dialog.action_confirm()
        tasks = self.lines.rectification_id
        self.assertEqual(len(tasks), 3)
        self.assertEqual(
            {(one.institution_id, one.type_id) for one in tasks},
            {(line.institution_id, line.type_id) for line in self.lines},
        )
        self.assertEqual(set(tasks.mapped("state")), {"issued"})
        numbers = sorted(tasks.mapped("number"))
        self.assertEqual(len({int(number[-4:]) for number in numbers}), 3)

    def test_pressed_twice_issues_once(self):
        dialog = self._dialog()
        dialog.action_confirm()
        count = self.env["bphs.rectification"].search_count([])
        with self.refused("Every one of these problems has its task already"):
            dialog.action_confirm()
        self.assertEqual(self.env["bphs.rectification"].search_count([]), count)

    def test_a_deadline_of_the_list_is_kept(self):
        day = self.today + timedelta(days=11)
        self.as_user("rectification_clerk", self.lines[0]).deadline = day
        self._dialog(grouping="institution_type").action_confirm()
        self.assertEqual(self.lines[0].rectification_id.deadline, day)

    def test_a_later_day_of_the_list_puts_nothing_urgent_off(self):
        self.as_user("rectification_clerk", self.lines[0]).deadline = self.today + timedelta(days=60)
        self._dialog(grouping="institution").action_confirm()
        task = self.lines[0].rectification_id
        self.assertEqual(task.severity, "immediate")
        self.assertEqual(task.deadline, task._deadline_by_severity("immediate", self.today))

    @freeze_time("2030-12-20 02:00:00")
    def test_a_year_without_holidays_is_told_before_the_tasks_are_issued(self):
        dialog = self._dialog()
        self.assertIn("2030、2031", dialog.calendar_note)
        dialog.deadline = "2031-01-10"
        self.assertFalse(dialog.calendar_note)
        dialog.deadline = False
        dialog.action_confirm()
        self.assertIn("2031", self.as_user("rectification_clerk", self.lines[0].rectification_id).calendar_note)
        self.env["bphs.working.day"].create(
            [{"date": f"{year}-01-01", "kind": "holiday", "name": "元旦"} for year in (2030, 2031)]
        )
        self.env.invalidate_all()
        self.assertFalse(self.lines[0].rectification_id.calendar_note)
        self.assertFalse(self._dialog().calendar_note)

    def test_a_deadline_for_all(self):
        day = self.today + timedelta(days=11)
        self._dialog(deadline=day).action_confirm()
        self.assertEqual(set(self.lines.rectification_id.mapped("deadline")), {day})
        with self.refused("Every one of these problems has its task already"):
            self._dialog(deadline=self.today - timedelta(days=1)).action_confirm()

    def test_the_person_the_list_names_is_responsible(self):
        officer = self.user["township_public_health_a"]
        self.as_user("rectification_clerk", self.lines[0]).responsible_name = officer.name
        self.as_user("rectification_clerk", self.lines[1]).responsible_name = self.user["village_doctor_b1"].name
        self._dialog().action_confirm()
        self.assertEqual(self.lines[0].rectification_id.responsible_id, officer)
        # Someone else's doctor is not theirs.
        self.assertEqual(self.lines[1].rectification_id.responsible_id, self.user["village_doctor_a2"])

    def test_nobody_responsible_who_does_not_see_it(self):
        draft = self.as_user("rectification_clerk", "bphs.rectification")._create_from_lines(self.lines[0])
        with self.refused("and cannot be responsible there"):
            draft.responsible_id = self.user["village_doctor_b1"]
        draft.responsible_id = self.user["township_director_a"]

    def test_who_issues(self):
        for key in self.user:
            if key in ("rectification_clerk", "primary_care_officer"):
                continue
            with self.subTest(key=key):
                with self.no_right("create", "bphs.rectification.issue"):
                    self._dialog(key).action_confirm()
                with self.no_right("create", "bphs.rectification"):
                    self.as_user(key, "bphs.rectification")._create_from_lines(self.lines)

    def test_the_number_of_statements_does_not_follow_that_of_problems(self):
        """Issuing is by sets: five times the problems cost few statements more."""

        def statements(count):
            clinics = self.env["bphs.institution"].create(
                [
                    {
                        "code": f"TQ{count}-{at}",
                        "name": f"室{count}-{at}",
                        "kind": "village_clinic",
                        "parent_id": self.township_a.id,
                    }
                    for at in range(count)
                ]
            )
            dialog = self.as_user("rectification_clerk", "bphs.rectification.issue").create(
                {"line_ids": [Command.set(self._problem(f"共性{count}", clinics).line_ids.ids)]}
            )
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            dialog.action_confirm()
            self.env.flush_all()
            return self.env.cr.sql_log_count - before

        few, many = statements(10), statements(50)
        self.assertLess(many, few + 10)
