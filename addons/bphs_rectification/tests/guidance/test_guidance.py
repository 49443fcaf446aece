from psycopg2.errors import CheckViolation

from odoo import Command
from odoo.exceptions import ValidationError
from odoo.tests import Form, freeze_time, tagged
from odoo.tools import mute_logger

from odoo.addons.bphs_base.tests.common import CountyCase


@freeze_time("2025-05-20 04:00:00")
class GuidanceCase(CountyCase):
    """The small county on 20 May 2025, with a centre for disease control."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.cdc = cls.env["bphs.institution"].create(
            {"code": "T05", "name": "试验区疾控中心", "kind": "cdc", "parent_id": cls.bureau.id}
        )

    @classmethod
    def train(cls, key, host, *attendance, **vals):
        """:param attendance: (institution, attended, tested, passed)"""
        return cls.as_user(key, "bphs.training").create(
            {
                "name": "高血压防治指南",
                "institution_id": host.id,
                "date": "2025-05-12",
                "attendance_ids": [
                    Command.create({"institution_id": one.id, "attended": came, "tested": tested, "passed": passed})
                    for one, came, tested, passed in attendance
                ],
                **vals,
            }
        )

    @classmethod
    def guide(cls, *units, date="2025-05-12", **vals):
        return cls.as_user("county_specialist", "bphs.guidance").create(
            {
                "topic": "慢病随访",
                "institution_id": cls.cdc.id,
                "date": date,
                "visit_ids": [
                    Command.create({"institution_id": unit.id, "finding": f"{unit.name}有空项"}) for unit in units
                ],
                **vals,
            }
        )


@tagged("post_install", "-at_install")
@freeze_time("2025-05-20 04:00:00")
class TestTraining(GuidanceCase):
    def test_totals_and_pass_rate(self):
        training = self.train("county_specialist", self.cdc, (self.township_a, 12, 10, 9), (self.township_b, 8, 8, 4))
        self.assertEqual((training.attended_total, training.tested_total, training.passed_total), (20, 18, 13))
        self.assertEqual((training.pass_rate, training.period_id), ("72.2%", self.q2))
        nobody_tested = self.train("county_specialist", self.cdc, (self.township_a, 3, 0, 0))
        self.assertEqual(nobody_tested.pass_rate, "—")

    def test_totals_follow_what_is_typed(self):
        with Form(self.as_user("county_specialist", "bphs.training")) as form:
            form.name = "糖尿病防治指南"
            form.institution_id = self.cdc
            with form.attendance_ids.new() as line:
                line.institution_id = self.township_a
                line.attended, line.tested, line.passed = 4, 4, 3
            self.assertEqual((form.attended_total, form.pass_rate), (4, "75.0%"))

    def test_each_sees_their_own_part_of_it(self):
        training = self.train("county_specialist", self.cdc, (self.township_a, 12, 10, 9), (self.township_b, 8, 8, 4))
        self.env.invalidate_all()
        seen = self.as_user("township_director_a", training)
        self.assertEqual((seen.attended_total, seen.passed_total), (12, 9))
        self.assertEqual(seen.attendance_ids.institution_id, self.township_a)
        self.assertEqual(seen.read(["attendance_ids"])[0]["attendance_ids"], seen.attendance_ids.ids)
        with self.denied("always forbidden"):
            seen.read(["rule_attendance_ids"])
        with self.denied("not within your scope"):
            self.as_user("village_doctor_b1", training).read(["name"])
        own = self.train("township_public_health_a", self.township_a, (self.clinic_a1, 2, 2, 2))
        with self.denied("not within your scope"):
            self.as_user("township_director_b", own).read(["name"])
        self.assertFalse(self.as_user("township_director_b", "bphs.training").search([("id", "=", own.id)]))

    def test_only_the_host_changes_it(self):
        training = self.train("county_specialist", self.cdc, (self.township_a, 12, 10, 9))
        with self.denied("If you need it, ask the bureau administrator"):
            self.as_user("township_director_a", training).write({"name": "x"})
        with self.denied("If you need it, ask the bureau administrator"):
            self.as_user("township_director_a", training.attendance_ids).write({"passed": 10})
        with self.denied("not within your scope"):
            self.train("township_public_health_a", self.township_b)
        with self.denied("not within your scope"):
            self.train("township_public_health_a", self.township_a, (self.clinic_b1, 1, 1, 1))
        with self.no_right("create", "bphs.training"):
            self.train("village_doctor_a1", self.clinic_a1)

    def test_nothing_is_moved_to_others(self):
        officer = "township_public_health_a"
        county = self.train("county_specialist", self.cdc, (self.township_a, 12, 10, 9))
        own = self.train(officer, self.township_a, (self.clinic_a1, 2, 2, 2))
        guidance = self.as_user(officer, "bphs.guidance").create(
            {
                "topic": "慢病随访",
                "institution_id": self.township_a.id,
                "date": "2025-05-12",
                "visit_ids": [Command.create({"institution_id": self.clinic_a1.id, "finding": "有空项"})],
            }
        )
        visit = guidance.visit_ids
        for record, vals in (
            (own, {"institution_id": self.cdc.id}),
            (guidance, {"institution_id": self.cdc.id}),
            (own.attendance_ids, {"institution_id": self.clinic_b1.id}),
            (own.attendance_ids, {"training_id": county.id}),
            (visit, {"institution_id": self.clinic_b1.id}),
        ):
            with (
                self.subTest(record._name, **vals),
                self.denied("If you need it, ask the bureau administrator"),
                self.cr.savepoint(),
            ):
                self.as_user(officer, record).write(vals)
        self.as_user(officer, visit).write({"institution_id": self.clinic_a2.id})
        self.assertEqual(visit.institution_id, self.clinic_a2)

    def test_impossible_figures_are_refused(self):
        with mute_logger("odoo.sql_db"), self.assertRaises(CheckViolation), self.cr.savepoint():
            self.train("county_specialist", self.cdc, (self.township_a, 5, 6, 4))
        with self.assertRaisesRegex(ValidationError, "still to come"), self.cr.savepoint():
            self.train("county_specialist", self.cdc, date="2025-05-21")
        with self.assertRaisesRegex(ValidationError, "No quarter"), self.cr.savepoint():
            self.train("county_specialist", self.cdc, date="2019-05-21")
        # 1:30 in Beijing is still the day before in UTC.
        with freeze_time("2025-05-20 17:30:00"):
            self.assertTrue(self.train("county_specialist", self.cdc, (self.township_a, 1, 0, 0), date="2025-05-21"))

    def test_computed_quarter_is_nobodys_to_set(self):
        with self.refused("follows from other values and cannot be set"):
            self.train("county_specialist", self.cdc, period_id=self.q1.id)


@tagged("post_install", "-at_install")
@freeze_time("2025-05-20 04:00:00")
class TestGuidance(GuidanceCase):
    def _standing(self, key="rectification_clerk"):
        return {
            (row.institution_id, row.guide_id): row
            for row in self.as_user(key, "bphs.guidance.standing").search([("guide_id", "=", self.cdc.id)])
        }

    def test_days_since_the_last_visit(self):
        self.guide(self.township_a, self.clinic_a1, date="2025-02-01")
        self.guide(self.township_a)
        standing = self._standing()
        row = standing[self.township_a, self.cdc]
        self.assertEqual((row.days_since, row.year_count, str(row.last_date)), (8, 2, "2025-05-12"))
        self.assertEqual(standing[self.clinic_a1, self.cdc].days_since, 108)
        never = standing[self.township_b, self.cdc]
        self.assertEqual((never.visited, never.last_date), (False, False))
        self.assertEqual(len(standing), 5)

    def test_coverage_counts_units_not_visits(self):
        self.guide(self.township_a)
        self.guide(self.township_a, self.clinic_a1)
        domain = [("guide_id", "=", self.cdc.id), ("period_id", "=", self.q2.id)]
        coverage = self.as_user("rectification_clerk", "bphs.guidance.coverage")
        ((visits, visited, units, share),) = coverage._read_group(
            domain, [], ["visit_count:sum", "visited:sum", "unit_count:sum", "share:avg"]
        )
        self.assertEqual((visits, visited, units), (3, 2, 5))
        self.assertAlmostEqual(share, 0.4)
        # A quarter that has not begun is not one in which nobody was visited.
        self.assertFalse(coverage.search([("period_id", "in", (self.q3 | self.q4).ids)]))

    def test_a_closed_unit_keeps_its_past(self):
        self.guide(self.clinic_b1)
        self.clinic_b1.active = False
        rows = self.env["bphs.guidance.coverage"].search(
            [("guide_id", "=", self.cdc.id), ("institution_id", "=", self.clinic_b1.id)]
        )
        self.assertEqual(rows.period_id, self.q2)
        self.assertNotIn((self.clinic_b1, self.cdc), self._standing())

    def test_a_township_counts_its_own_units_alone(self):
        self.guide(self.township_a, self.clinic_b1)
        self.assertEqual(
            {unit for unit, __ in self._standing("township_director_a")},
            {self.township_a, self.clinic_a1, self.clinic_a2},
        )
        ((visited, units),) = self.as_user("township_director_a", "bphs.guidance.coverage")._read_group(
            [("guide_id", "=", self.cdc.id), ("period_id", "=", self.q2.id)], [], ["visited:sum", "unit_count:sum"]
        )
        self.assertEqual((visited, units), (1, 3))

    def test_who_was_visited_sees_their_own_line(self):
        guidance = self.guide(self.township_a, self.clinic_b1)
        self.env.invalidate_all()
        seen = self.as_user("township_director_a", guidance)
        self.assertEqual(seen.visit_ids.institution_id, self.township_a)
        self.assertEqual(seen.visit_count, 1)
        self.assertEqual(seen.read(["visit_ids"])[0]["visit_ids"], seen.visit_ids.ids)
        with self.denied("Technical Guidance"):
            seen.read(["rule_visit_ids"])
        with self.denied("If you need it, ask the bureau administrator"):
            seen.write({"problem": "x"})
        with self.denied("not within your scope"):
            self.as_user("village_doctor_a1", guidance).read(["topic"])
        with self.denied("not within your scope"):
            self.guide().with_user(self.user["township_public_health_a"]).copy({"institution_id": self.cdc.id})

    def test_lists_do_not_ask_more_for_more_rows(self):
        def queries(count):
            for __ in range(count):
                self.guide(self.township_a, self.clinic_a1)
                self.train("county_specialist", self.cdc, (self.township_a, 3, 3, 3))
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            for name, spec in (
                ("bphs.guidance", {"topic": {}, "visit_count": {}}),
                ("bphs.training", {"name": {}, "pass_rate": {}, "attended_total": {}}),
            ):
                self.as_user("township_director_a", name).web_search_read([], spec, limit=80)
            return self.cr.sql_log_count - before

        queries(2)
        self.assertEqual(queries(2), queries(20))
