from odoo.fields import Domain
from odoo.tests import tagged

from .common import ResidentCase


@tagged("post_install", "-at_install")
class TestFiltersByLines(ResidentCase):
    """A filter by ids of lines, or by there being none, asks about lines that are seen, as one by what they hold."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        households = cls.env["bphs.household"]
        cls.home, cls.other = households.create([{"division_id": cls.village_a1.id}] * 2)
        cls.zhang.write({"household_id": cls.home.id, "relation": "head"})
        cls.wang.write({"household_id": cls.other.id, "relation": "head"})
        cls.ill = cls.make("钱多多", cls.village_a1, "19850601", 3, household_id=cls.home.id, relation="child")
        group = {"resident_id": cls.ill.id, "kind": "smi", "basis": "县医院", "date_from": "2020-01-01"}
        cls.env["bphs.resident.group"].create(group)
        cls.env.flush_all()
        cls.env.invalidate_all()

    def found(self, key, *domain):
        return self.as_user(key, "bphs.household").search(list(domain)).sudo(False).with_env(self.env)

    def test_a_household_does_not_tell_by_an_id_who_lives_in_it(self):
        absent = self.ill.id + 10_000_019
        for key in ("village_doctor_a1", "township_public_health_a", "auditor"):
            for operator, home in (("in", self.home.browse()), ("not in", self.home | self.other)):
                for one in (self.ill.id, absent):
                    with self.subTest(key, operator=operator, one=one):
                        self.assertEqual(self.found(key, ("member_ids", operator, [one])), home)
                        self.assertEqual(self.found(key, ("member_ids", operator, [one, self.wang.id])),
                                         self.other if operator == "in" else self.home)  # fmt: skip
        self.name_person("township_public_health_a")
        self.assertEqual(self.found("township_public_health_a", ("member_ids", "in", self.ill.ids)), self.home)

    def test_a_file_does_not_tell_of_lines_that_are_not_seen(self):
        """Entries of the log by others are for the auditor."""
        self.as_user("township_public_health_a", self.zhang).read(["name"])
        self.env.flush_all()
        self.env["bphs.resident.access"].search([("user_id", "=", self.user["village_doctor_a1"].id)]).sudo().unlink()
        files = self.as_user("village_doctor_a1", "bphs.resident").with_context(active_test=False)
        of_zhang = Domain("id", "=", self.zhang.id)
        others = self.env["bphs.resident.access"].search([("resident_id", "=", self.zhang.id)])
        self.assertTrue(others)
        self.assertFalse(files.search_count(of_zhang & Domain("access_ids", "!=", False)))
        self.assertTrue(files.search_count(of_zhang & Domain("access_ids", "=", False)))
        self.assertFalse(files.search_count(of_zhang & Domain("access_ids", "in", others.ids)))
        self.assertTrue(files.search_count(of_zhang & Domain("access_ids", "in", [False, *others.ids])))
        self.assertFalse(files.search_count(of_zhang & Domain("access_ids", "not in", [False, *others.ids])))

    def test_nothing_stands_above_a_file(self):
        for domain in (
            [("id", "parent_of", self.zhang.id)],
            [("household_id.member_ids", "child_of", [self.zhang.id])],
        ):
            with self.subTest(domain), self.refused("nothing stands above or below"):
                self.as_user("village_doctor_a1", "bphs.resident").search(domain)

    def test_up_and_down_begins_at_what_is_seen(self):
        merged = [("merged_into_id", "parent_of", self.ill.ids)]
        self.assertEqual(self.Resident.search(merged), self.ill)
        self.assertFalse(self.as_user("village_doctor_a1", "bphs.resident").search(merged))
        merged = [("merged_into_id", "parent_of", [self.ill.id, self.zhang.id])]
        self.assertEqual(self.as_user("village_doctor_a1", "bphs.resident").search(merged).ids, self.zhang.ids)
