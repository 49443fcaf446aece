from datetime import date
from unittest.mock import patch

from odoo import Command
from odoo.tests import tagged

from .common import GradingCase


@tagged("post_install", "-at_install")
class TestFromOutside(GradingCase):
    """What comes in from other systems grades its elders, each once."""

    day = date(2026, 3, 1)

    def setUp(self):
        super().setUp()
        self.man = self.make("赵大年", self.village_a1, "19550601", 11)
        machine = self.env["res.users"].create(
            {
                "name": "machine",
                "login": "test_elder_machine",
                "role_line_ids": [Command.create({"role_id": self.env.ref("bphs_service.role_outside_machine").id})],
                "bphs_institution_ids": [Command.set(self.township_a.ids)],
            }
        )
        system = {"code": "HIS-E", "name": "系统", "institution_id": self.township_a.id, "user_id": machine.id}
        self.system = self.env["bphs.outside.system"].create(system).with_user(machine)
        self.visit("village_doctor_a1", self.man, "elder_exam", done_on=self.day)
        items = {f"item_{number}": "0" for number in range(1, 6)}
        self.visit("village_doctor_a1", self.man, "self_care", done_on=self.day, answers=items)
        grader = type(self.env["bphs.elderly.grader"])
        grade, self.graded = grader._grade, []
        self.startPatcher(
            patch.object(
                grader, "_grade", lambda own, ids, *more: self.graded.append(sorted(ids)) or grade(own, ids, *more)
            )
        )

    def push(self, kind, *rows):
        person = {"ehr_number": self.man.ehr_number, "name": self.man.name, "day": str(self.day)}
        rows = [{**person, "external_id": f"{kind}{at}", **row} for at, row in enumerate(rows)]
        answer = self.system.push(kind, rows)
        self.assertEqual(answer["new"], len(rows), answer)
        self.env.invalidate_all()

    def test_visits_grade_as_a_set(self):
        row = {"form": "elder_follow", "diastolic": 80}
        self.push("visit", {**row, "systolic": 132}, {**row, "systolic": 186})
        self.assertEqual(self.graded, [[self.man.id]])
        self.assertEqual(self.colour(self.man), "red")

    def test_conditions_grade_once_and_the_dead_stand_nowhere(self):
        self.push("condition", {"kind": "chd"}, {"kind": "dementia"})
        self.assertEqual(self.graded, [[self.man.id]])
        self.push("death", {})
        self.assertFalse(self.standing(self.man))

    def test_a_merged_elder_stands_where_the_other_file_does(self):
        other = self.make("赵大年", self.village_a1, "19550601", 51)
        self.man._merge_into(other, "同一人")
        self.assertFalse(self.standing(self.man))
        self.assertTrue(self.standing(other))
