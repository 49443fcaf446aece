from datetime import timedelta

from odoo.tests import tagged

from .test_screening import ScreeningCase


@tagged("post_install", "-at_install")
class TestScreeningLoop(ScreeningCase):
    """Each step with its two numbers; each number opens to the very people it counts."""

    def setUp(self):
        super().setUp()
        self.take_reading(152, 96, 20)
        self.take_reading(148, 92, 12)
        self.take_reading(150, 94, 1)
        self.take_reading(128, 78, 3, resident=self.wang)
        rows = self.row() | self.row(self.wang)
        dialog = self.as_user("village_doctor_a1", "bphs.screening.remind").with_context(
            active_model="bphs.screening", active_ids=self.row().ids
        )
        self.assertEqual(set(rows.mapped("state")), {"confirm", "normal"})
        dialog.create({"how": "phone"}).action_remind()
        self.officer = self.as_user("township_public_health_a", self.Screening)

    def numbers(self, cells):
        return {step: (cell["count"], cell["rate"]) for step, cell in cells.items()}

    def test_each_rate_is_over_the_step_before_it(self):
        page = self.officer.loop()
        self.assertEqual(
            self.numbers(page["total"]),
            {
                "found": (3, ""),
                "reminded": (1, "33.3%"),
                "read": (2, "66.7%"),
                "abnormal": (1, "50.0%"),
                "rechecked": (1, "100.0%"),
                "confirmed": (1, "100.0%"),
                "enrolled": (0, "0.0%"),
            },
        )
        self.assertEqual([place["name"] for place in page["places"]], [self.clinic_a1.name, self.clinic_a2.name])
        self.assertEqual(page["places"][1]["cells"]["abnormal"], {"count": 0, "rate": "—"}, "nobody was measured there")
        self.env["bphs.condition"].create({"resident_id": self.zhang.id, "kind": "hypertension"})
        self.assertEqual(self.officer.loop()["total"]["enrolled"], {"count": 1, "rate": "100.0%"})

    def test_a_number_is_its_list(self):
        page = self.officer.loop()
        for place in [*page["places"], {"id": False, "is_township": False, "cells": page["total"]}]:
            for step, cell in place["cells"].items():
                action = self.officer.loop_list(step, page["since"], page["until"], place["id"], place["is_township"])
                listed = self.as_user("township_public_health_a", action["res_model"]).search(action["domain"])
                self.assertEqual(len(listed), cell["count"], (place["id"], step))

    def test_the_county_by_township_and_the_institutions_of_one(self):
        section = self.as_user("primary_care_officer", self.Screening)
        page = section.loop()
        self.assertEqual(
            [(place["id"], place["is_township"], place["cells"]["found"]["count"]) for place in page["places"]],
            [(self.township_a.id, True, 3), (self.township_b.id, True, 1)],
        )
        within = section.loop(False, False, self.township_b.id)
        self.assertEqual([place["id"] for place in within["places"]], [self.clinic_b1.id])
        self.assertEqual(within["township"], self.township_b.name)
        foreign = self.officer.loop(False, False, self.township_b.id)
        self.assertEqual(foreign["total"]["found"]["count"], 0, "of another's scope nothing is told")

    def test_who_is_gone_without_a_reading_left_with_proof(self):
        self.env.flush_all()
        for resident in (self.li, self.wang):
            self.env.cr.execute("UPDATE bphs_resident SET status = 'moved_out' WHERE id = %s", [resident.id])
        self.env.invalidate_all()
        total = self.officer.loop()["total"]
        self.assertEqual((total["found"]["count"], total["read"]["count"]), (2, 2))

    def test_the_days_of_the_page(self):
        yesterday = (self.today - timedelta(1)).isoformat()
        self.assertEqual(self.officer.loop("2020-01-01", yesterday)["places"], [])
        with self.refused("ends before it begins"):
            self.officer.loop(self.today.isoformat(), "2020-01-01")
        with self.refused("There is no such step"):
            self.officer.loop_list("everybody")
        with self.refused("There is no such step"):
            self.officer.loop_list(["found"])

    def test_one_statement_whatever_the_places(self):
        self.officer.loop()
        self.env.flush_all()
        self.env.invalidate_all()
        with self.assertQueryCount(12):
            self.officer.loop()
