from odoo.tests import tagged

from odoo.addons.bphs_base.tests.queries import MANY, QueriesMixin

from .common import WorkloadCase


@tagged("post_install", "-at_install")
class TestQueries(QueriesMixin, WorkloadCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.clinics = cls.env["bphs.institution"].create(
            [
                {
                    "code": f"W{number:04d}",
                    "name": f"第{number}卫生室",
                    "kind": "village_clinic",
                    "parent_id": cls.township_a.id,
                }
                for number in range(MANY)
            ]
        )
        cls.statements = cls.Workload._open_period(cls.q2, cls.clinics)
        cls.env["bphs.workload.line"]._load_quantities(
            ["reported"], [(line.id, 1 + line.id % 40) for line in cls.statements.line_ids]
        )

    def test_lists(self):
        """Of the county and of a township, in which one township holds them all."""
        for key in ("primary_care_officer", "township_public_health_a"):
            with self.subTest(key):
                self.assert_lists_bounded("bphs_workload", key, {"bphs.workload", "bphs.workload.line"})

    def test_history(self):
        self.statements.action_submit()
        self.assert_lists_bounded("bphs_workload", "auditor", {"bphs.workload.event"})

    def test_verified_counts_of_a_county_in_one_query(self):
        self.assertEqual(self.Workload._verified_counts(self.q2), {}, "what is not verified does not count")
        self.statements.action_submit()
        self.statements.action_verify()
        self.env.flush_all()
        with self.assertQueryCount(1):
            counts = self.Workload._verified_counts(self.q1 | self.q2)
        self.assertEqual(set(counts), {(clinic.id, self.q2.id) for clinic in self.clinics})
        line = self.statements[7].line_ids[3]
        quantities = counts[line.institution_id.id, self.q2.id]
        self.assertEqual(len(quantities), len(self.item))
        self.assertIn((line.item_id.id, line.reported, 0, 0), quantities)
        some = self.Workload._verified_counts(self.q2, self.clinics[:2])
        self.assertEqual(set(some), {(clinic.id, self.q2.id) for clinic in self.clinics[:2]})

    def test_locking_a_county_is_bounded(self):
        self.statements.action_submit()
        self.statements.action_verify()
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        self.statements._lock_for_settlement("2025Q2")
        self.env.flush_all()
        self.assertLess(self.env.cr.sql_log_count - before, 60)
        self.assertEqual(set(self.statements.mapped("state")), {"locked"})
        before = len(self.statements.event_ids)
        self.statements._lock_for_settlement("2025Q2")
        self.assertEqual(len(self.statements.event_ids), before, "locking twice adds nothing")
