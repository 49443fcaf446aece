from odoo.tests import tagged

from ..common import ServiceCase


@tagged("post_install", "-at_install")
class TestVisitRights(ServiceCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.mine = cls.visit("village_doctor_a1", cls.zhang, systolic=140)

    def seen(self, key):
        return bool(self.as_user(key, self.Visit).search([("id", "=", self.mine.id)]))

    def test_whoever_may_read_the_file_reads_its_records(self):
        for key in ("village_doctor_a1", "team_leader_a", "township_public_health_a", "township_director_a", "auditor"):
            self.assertTrue(self.seen(key), key)
        for key in ("village_doctor_a2", "village_doctor_b1", "team_leader_b", "primary_care_officer"):
            self.assertFalse(self.seen(key), key)

    def test_whoever_must_search_reads_them_with_the_file(self):
        officer = self.as_user("primary_care_officer", self.zhang)
        officer.action_open("核查随访记录")
        self.assertTrue(self.seen("primary_care_officer"))

    def test_nobody_writes_for_a_resident_out_of_scope(self):
        vals = {"resident_id": self.zhang_b.id, "template_id": self.form("hypertension").id}
        with self.denied("not within your scope"):
            self.as_user("village_doctor_a1", self.Visit).create(vals)
        with self.denied("not yours to change"):
            self.as_user("village_doctor_b1", self.mine).action_void("不是我的")
        with self.denied("not within your scope"):
            self.as_user("village_doctor_b1", self.env["bphs.visit.medicine"]).create(
                {"visit_id": self.mine.id, "name": "氨氯地平"}
            )

    def test_forms_of_named_persons_are_theirs_alone(self):
        vals = {"resident_id": self.zhang.id, "template_id": self.form("smi").id}
        with self.denied("not within your scope"):
            self.as_user("village_doctor_a1", self.Visit).create(vals)
        self.name_person("village_doctor_a1")
        record = self.as_user("village_doctor_a1", self.Visit).create(vals)
        self.assertFalse(self.as_user("team_leader_a", self.Visit).search([("id", "=", record.id)]))
        with self.denied("not within your scope"):
            self.as_user("team_leader_a", record).read(["risk_level"])

    def test_all_records_of_a_restricted_file_are(self):
        self.zhang.group_ids.create({"resident_id": self.zhang.id, "kind": "smi"})
        self.env.flush_all()
        self.assertFalse(self.seen("team_leader_a"))
        self.name_person("team_leader_a")
        self.assertTrue(self.seen("team_leader_a"))

    def test_children_to_the_roles_that_serve_them(self):
        child = self.make("张小宝", self.village_a1, "20240301", 7)
        record = self.visit("village_doctor_a1", child, "child")
        found = self.as_user("township_director_a", self.Visit).search([("id", "=", record.id)])
        self.assertFalse(found)

    def test_reading_and_changing_are_logged(self):
        before = len(self.log(self.zhang, kind="change"))
        visit = self.visit("village_doctor_a1", self.zhang)
        self.assertGreater(len(self.log(self.zhang, kind="change")), before)
        self.as_user("team_leader_a", visit).read(["systolic"])
        self.assertTrue(self.log(self.zhang, kind="open", user_id=self.user["team_leader_a"].id))
        visit.action_void("重复录入")
        self.assertIn("重复录入", self.log(self.zhang, kind="change").mapped("reason"))

    def test_no_grouping_and_no_export_lists_persons(self):
        records = self.as_user("team_leader_a", self.Visit)
        with self.denied("counted by what many share"):
            records._read_group([], ["systolic"])
        with self.denied("counted by what many share"):
            records._read_group([], ["resident_id"])
        with self.denied("exported on the page"):
            self.as_user("team_leader_a", self.mine)._export_rows([["systolic"]])
