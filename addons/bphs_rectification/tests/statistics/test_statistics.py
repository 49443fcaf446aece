import base64
from datetime import date
from io import BytesIO

import openpyxl

from odoo.tests import freeze_time, tagged

from ..board_case import BoardCase


@tagged("post_install", "-at_install")
class TestStatistics(BoardCase):
    """Four tasks of March 2025: handed in in time and closed; handed in late and closed; overdue; still in time."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.early, cls.late, cls.overdue = cls.issue("2025-03-03 02:00:00", cls.clinic_a1, cls.clinic_a2, cls.clinic_b1)
        cls.hand_in("2025-03-20 02:00:00", cls.early, "village_doctor_a1")
        cls.verify_and_close("2025-04-07 02:00:00", cls.early, "township_public_health_a")  # 35 days
        cls.hand_in("2025-04-03 02:00:00", cls.late, "village_doctor_a2")
        cls.verify_and_close("2025-04-04 02:00:00", cls.late, "township_public_health_a")  # 32 days
        # Found again at the first clinic: a repeat, and in time.
        cls.running = cls.issue("2025-04-02 02:00:00", cls.clinic_a1, severity="ongoing")
        cls.today = "2025-04-10 02:00:00"

    def sums(self, key, group, domain=()):
        measures = ("issued_count", "closed_count", "on_time_count", "on_time_base", "overdue_count", "repeat_count")
        rates = ("closed_rate:avg", "on_time_rate:avg", "days:avg", "repeat_rate:avg")
        with freeze_time(self.today):
            rows = self.as_user(key, "bphs.rectification.statistic")._read_group(
                domain, [group], [*(f"{measure}:sum" for measure in measures), *rates]
            )
        return {row[0]: (row[1:7], row[7:]) for row in rows}

    def test_counts_and_rates(self):
        found = self.sums("rectification_clerk", "township_id")
        self.assertEqual(found[self.township_a], ((3, 2, 1, 2, 0, 1), (2 / 3, 0.5, 33.5, 1 / 3)))
        self.assertEqual(found[self.township_b][0], (1, 0, 0, 1, 1, 0))
        closed_rate, on_time, days, __ = found[self.township_b][1]
        self.assertEqual((closed_rate, on_time), (0.0, 0.0))
        self.assertFalse(days, "nothing was closed: no mean")

    def test_what_is_not_due_is_in_no_denominator(self):
        found = self.sums("rectification_clerk", "rectification_id", [("rectification_id", "=", self.running.id)])
        counts, (__, on_time, ___, repeats) = found[self.running]
        self.assertEqual(counts, (1, 0, 0, 0, 0, 1))
        self.assertFalse(on_time)
        self.assertEqual(repeats, 1.0)

    def test_a_township_counts_its_own_alone(self):
        self.assertEqual(set(self.sums("township_director_b", "township_id")), {self.township_b})
        self.assertEqual(set(self.sums("village_doctor_a1", "institution_id")), {self.clinic_a1})
        with freeze_time(self.today):
            trend = self.as_user("township_director_b", "bphs.rectification.trend")._read_group(
                [], ["kind"], ["__count"]
            )
        self.assertEqual(dict(trend), {"opened": 1, "overdue": 1})

    def test_cancelled_tasks_count_for_nothing(self):
        with freeze_time(self.today):
            self.as_user("rectification_clerk", self.overdue).action_cancel("登记有误")
        self.env.flush_all()
        self.assertNotIn(self.township_b, self.sums("rectification_clerk", "township_id"))

    def test_trend(self):
        with freeze_time(self.today):
            rows = self.as_user("auditor", "bphs.rectification.trend")._read_group(
                [], ["date:month", "kind"], ["__count"]
            )
        self.assertEqual(
            {(month, kind): count for month, kind, count in rows},
            {
                (date(2025, 3, 1), "opened"): 3,
                (date(2025, 4, 1), "opened"): 1,
                (date(2025, 4, 1), "overdue"): 2,
                (date(2025, 4, 1), "closed"): 2,
            },
        )

    def export(self, key, **values):
        with freeze_time(self.today):
            wizard = self.as_user(key, "bphs.rectification.statistic.export").create(
                {"date_from": "2025-01-01", "date_to": "2025-12-31", **values}
            )
            action = wizard.action_export()
        self.assertEqual(action["type"], "ir.actions.act_url")
        sheet = openpyxl.load_workbook(BytesIO(base64.b64decode(wizard.file))).active
        rows = list(sheet.iter_rows(values_only=True))
        return {row[0]: row[1:] for row in rows[4:] if row[0] and row[1] is not None}

    def test_export(self):
        rows = self.export("rectification_clerk", group_by="township_id")
        self.assertEqual(rows["甲镇卫生院"], (3, 2, "66.7%", 2, 1, "50.0%", 0, 67, "33.5", 1, "33.3%"))
        self.assertEqual(rows["乙镇卫生院"], (1, 0, "0.0%", 1, 0, "0.0%", 1, 0, "—", 0, "0.0%"))
        total = list(rows.values())[-1]
        self.assertEqual(total, (4, 2, "50.0%", 3, 1, "33.3%", 1, 67, "33.5", 1, "25.0%"))

    def test_export_by_everything(self):
        for group, __ in self.env["bphs.rectification.statistic.export"]._selection_group_by():
            with self.subTest(group):
                rows = list(self.export("leader", group_by=group).values())
                self.assertEqual(rows[-1][0], 4)
                self.assertEqual(sum(row[0] for row in rows[:-1]), 4)
        quarters = self.export("leader", group_by="date_issued:quarter")
        self.assertEqual((quarters["2025Q1"][0], quarters["2025Q2"][0]), (3, 1))
        self.assertEqual(quarters["2025Q2"][5], "—", "nothing is due: no rate")

    def test_export_in_scope_and_of_something(self):
        rows = self.export("township_director_b", group_by="institution_id")
        self.assertEqual(set(rows), {"乙一村卫生室", *list(rows)[-1:]})
        with self.refused("No task was issued in this period"):
            self.export("leader", group_by="type_id", date_from="2024-01-01", date_to="2024-12-31")
        wizard = self.as_user("leader", "bphs.rectification.statistic.export").create({})
        self.assertFalse(self.as_user("auditor", wizard).search([]), "a workbook is its maker's alone")
