from odoo.tests import tagged

from ..common import ServiceCase

MODELS = ("bphs.condition", "bphs.acute.event", "bphs.social.fact")
KINDS = dict(zip(MODELS, ("chd", "fall", "no_carer"), strict=True))


@tagged("post_install", "-at_install")
class TestFactRights(ServiceCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.facts = {
            model: cls.as_user("village_doctor_a1", model).create({"resident_id": cls.zhang.id, "kind": kind})
            for model, kind in KINDS.items()
        }

    def seen(self, key):
        return {model for model, fact in self.facts.items() if self.as_user(key, model).search([("id", "=", fact.id)])}

    def test_whoever_may_read_the_file_reads_its_facts(self):
        for key in ("village_doctor_a1", "team_leader_a", "township_public_health_a", "township_director_a", "auditor"):
            self.assertEqual(self.seen(key), set(MODELS), key)
        for key in ("village_doctor_a2", "village_doctor_b1", "team_leader_b", "primary_care_officer"):
            self.assertFalse(self.seen(key), key)
        self.as_user("primary_care_officer", self.zhang).action_open("核查病情")
        self.assertEqual(self.seen("primary_care_officer"), set(MODELS))

    def test_nobody_says_anything_of_a_resident_out_of_scope(self):
        for model, kind in KINDS.items():
            with self.denied("not within your scope"):
                self.as_user("village_doctor_a1", model).create({"resident_id": self.zhang_b.id, "kind": kind})
            with self.denied("not yours to change"):
                self.as_user("village_doctor_b1", self.facts[model]).action_void("不是我的")

    def test_conditions_of_named_persons_are_theirs_alone(self):
        vals = {"resident_id": self.zhang.id, "kind": "smi"}
        with self.denied("not within your scope"):
            self.as_user("village_doctor_a1", "bphs.condition").create(vals)
        self.name_person("village_doctor_a1")
        self.as_user("village_doctor_a1", "bphs.condition").create(vals)
        self.assertTrue(self.zhang.restricted)
        self.assertFalse(self.seen("team_leader_a"), "all facts of such a file")
        self.name_person("team_leader_a")
        self.assertEqual(self.seen("team_leader_a"), set(MODELS))

    def test_children_to_the_roles_that_serve_them(self):
        child = self.make("张小宝", self.village_a1, "20240301", 7)
        fall = self.as_user("village_doctor_a1", "bphs.acute.event").create({"resident_id": child.id, "kind": "fall"})
        for key, sees in (("township_director_a", 0), ("team_leader_a", 1)):
            found = self.as_user(key, "bphs.acute.event").search([("id", "=", fall.id)])
            self.assertEqual(len(found), sees, key)

    def test_reading_and_changing_are_logged(self):
        before = len(self.log(self.zhang, kind="change"))
        condition = self.facts["bphs.condition"]
        condition.stage = "II"
        self.assertGreater(len(self.log(self.zhang, kind="change")), before)
        self.as_user("team_leader_a", condition).read(["stage"])
        self.assertTrue(self.log(self.zhang, kind="open", user_id=self.user["team_leader_a"].id))
        condition.action_void("录错了人")
        self.assertIn("录错了人", self.log(self.zhang, kind="change").mapped("reason"))
