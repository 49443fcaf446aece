from unittest.mock import patch

from odoo.tests import tagged

from ...models.outside import bphs_outside_push
from .common import OutsideCase


@tagged("post_install", "-at_install")
class TestOutsidePush(OutsideCase):
    """What a program pushes, answered row by row."""

    def visit_of(self, resident, **values):
        return self.person(resident, form="hypertension", systolic=150, diastolic=90, **values)

    def test_pushed_twice_it_is_one(self):
        row = self.visit_of(self.zhang, medicines=[{"name": "氨氯地平", "dose": 5, "times_a_day": 1}])
        answer = self.push("visit", row)
        self.assertEqual((answer["new"], self.results(answer)), (1, ["new"]))
        self.assertEqual(answer["rows"][0]["external_id"], "P1")
        visit = self.visits(self.zhang)
        self.assertEqual((visit.state, visit.create_uid, visit.medicine_ids.dose), ("done", self.user["machine"], 5))
        self.assertEqual(self.results(self.push("visit", row)), ["unchanged"])
        self.assertEqual(self.visits(self.zhang), visit)
        day = self.his.day_ids
        self.assertEqual((day.requests, day.row_count, day.new_count, day.unchanged_count), (2, 2, 1, 1))

    def test_each_row_is_whole_and_the_others_go_in(self):
        answer = self.push(
            "visit",
            self.visit_of(self.zhang),
            self.visit_of(self.li, day="2999-01-01", medicines=[{"dose": 5}]),
            {"form": "hypertension", "what": 1},
            self.visit_of(self.wang, system="HIS-B"),
        )
        self.assertEqual(self.results(answer), ["new", "rejected", "rejected", "rejected"])
        self.assertEqual(
            {(row["row"], one["field"]) for row in answer["rows"] for one in row["problems"]},
            {(2, "day"), (2, "medicines"), (3, "what"), (3, "name"), (3, "day"), (3, "id_number"), (4, "system")},
        )
        self.assertFalse(self.visits(self.li))

    def test_nobody_learns_who_is_hidden_elsewhere_or_not_there(self):
        self.env["bphs.resident.group"].create({"resident_id": self.wang.id, "kind": "smi", "date_from": "2024-01-01"})
        nobody = {"ehr_number": "14040410220099999", "name": "某人", "day": "2025-03-01", "form": "hypertension"}
        answer = self.push(
            "visit",
            self.visit_of(self.wang),  # for named persons
            self.visit_of(self.zhang_b),  # elsewhere
            nobody,
            self.visit_of(self.zhang, name="别人"),  # the number of somebody else
            {**self.visit_of(self.zhang), "id_number": self.ids["zhang_b"]},
        )
        told = [row["problems"] for row in answer["rows"]]
        self.assertEqual(told[0][0]["reason"], "unknown")
        self.assertEqual(told, [told[0]] * 5)
        self.assertEqual(self.his.day_ids.unknown_count, 5)
        entry = self.env["bphs.resident.access"].search(
            [("user_id", "=", self.user["machine"].id), ("kind", "=", "number")]
        )
        self.assertEqual(entry.count, 5)

    def test_what_is_for_named_persons(self):
        row = self.person(self.zhang, form="smi")
        self.assertEqual(self.why(self.push("visit", row)), [("form", "form")])
        self.assertEqual(self.why(self.push("condition", self.person(self.zhang, kind="tb"))), [("choice", "kind")])
        self.name_person("machine")
        self.assertEqual(self.results(self.push("visit", row)), ["new"])

    def test_figures_of_the_day_tell_what_everybody_sees(self):
        self.name_person("machine")
        self.env["bphs.resident.group"].create({"resident_id": self.wang.id, "kind": "tb", "date_from": "2024-01-01"})
        answer = self.push(
            "visit", self.person(self.zhang, form="smi"), self.visit_of(self.li), self.visit_of(self.wang)
        )
        self.assertEqual(self.results(answer), ["new", "new", "new"])
        self.assertFalse(self.zhang.restricted, "a record for named persons in a file that everybody sees")
        self.push("visit", self.visit_of(self.wang))
        day = self.as_user("township_public_health_a", self.his.day_ids)
        self.assertEqual((day.row_count, day.new_count, day.unchanged_count, day.rejected_count), (1, 1, 0, 0))
        with self.denied("hidden_count"):
            day.read(["hidden_count"])
        entry = self.env["bphs.resident.access"].search(
            [("user_id", "=", self.user["machine"].id), ("kind", "=", "import")]
        )
        self.assertEqual((entry.count, entry.count_whole), (1, 3))
        self.env["ir.config_parameter"].set_param("bphs_service.pushed_rows_a_day", 4)
        with self.refused("Too many rows today"):
            self.push("visit", self.visit_of(self.li))

    def test_conditions_deaths_records(self):
        self.assertEqual(self.results(self.push("condition", self.person(self.zhang, kind="copd"))), ["new"])
        self.assertEqual(self.results(self.push("record", self.person(self.zhang, hba1c=8.2))), ["new"])
        self.assertEqual(self.results(self.push("record", self.person(self.zhang, hba1c=8.4))), ["changed"])
        self.assertEqual(self.results(self.push("death", self.person(self.zhang))), ["new"])
        self.assertEqual(self.zhang.status, "died")

    def test_limits(self):
        limit = self.env["ir.config_parameter"].set_param
        limit("bphs_service.unknown_a_day", 2)
        nobody = {"ehr_number": "14040410220099999", "name": "某人", "day": "2025-03-01", "hba1c": 7}
        self.push("record", nobody, {**nobody, "hba1c": 8})
        with self.refused("led to nobody today"):
            self.push("record", self.person(self.zhang, hba1c=7))
        limit("bphs_service.unknown_a_day", 500)
        limit("bphs_service.pushed_rows_a_day", 3)
        with self.refused("Too many rows today"):
            self.push("record", nobody, nobody)
        limit("bphs_service.pushed_rows_a_day", 0)
        limit("bphs_service.pushes_a_minute", 1)
        with self.refused("in this minute"):
            self.push("record", nobody)
            self.push("record", nobody)

    def test_what_is_no_push(self):
        machine = self.as_user("machine", self.System)
        for wrong in (None, [], {}, ["x"]):
            with self.refused("a list of objects"):
                machine.push("visit", wrong)
        for wrong in ("what", None, []):
            with self.refused("kind is one of"):
                machine.push(wrong, [{}])
        with patch.object(bphs_outside_push, "MOST_ROWS", 1), self.refused("At most 1 rows"):
            machine.push("visit", [{}, {}])

    def test_who_pushes(self):
        for key in ("administrator", "importer", "village_doctor_a1"):
            with self.denied("account of a machine"):
                self.push("record", self.person(self.zhang, hba1c=7), key=key)
        self.his.user_id = False
        with self.denied("No source system"):
            self.push("record", self.person(self.zhang, hba1c=7))
        self.his.user_id = self.user["machine"]
        self.his.active = False
        with self.denied("No source system"):
            self.push("record", self.person(self.zhang, hba1c=7))

    def test_a_machine_reads_nothing(self):
        for model in ("bphs.resident", "bphs.visit", "bphs.condition", "bphs.outside.record", "bphs.outside.system"):
            with self.no_right("read", model):
                self.as_user("machine", model).search_read([], ["id"])

    def test_systems(self):
        with self.refused("does not hold the role"):
            self.his_b.user_id = self.user["importer"]
        with self.refused("The code of a system stays"):
            self.his.code = "OTHER"
        with self.refused("never deleted"):
            self.his.unlink()
        self.assertEqual(self.as_user("township_public_health_a", self.System).search([]), self.his)
