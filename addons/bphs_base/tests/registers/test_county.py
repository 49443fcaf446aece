from odoo.tests import tagged

from ...hooks import post_init_hook
from ..common import ROLES, CountyCase


@tagged("post_install", "-at_install")
class TestCounty(CountyCase):
    def test_each_role_has_a_user_with_its_group_alone(self):
        groups = {role: self.env.ref(f"bphs_base.group_{role}") for role in ROLES}
        for key, user in self.user.items():
            held = {role for role, group in groups.items() if group in user.all_group_ids}
            self.assertEqual(len(held), 1, key)
            self.assertTrue(key.startswith(held.pop()), key)
            self.assertTrue(user._is_internal(), key)
            self.assertFalse(user.has_group("base.group_erp_manager"), key)

    def test_the_company_is_named_once(self):
        company = self.env.ref("base.main_company")
        self.assertNotEqual(company.name, "My Company")
        company.name = "某县卫生健康局"
        post_init_hook(self.env)
        self.assertEqual(company.name, "某县卫生健康局")
        company.name = "My Company"
        post_init_hook(self.env)
        self.assertEqual(company.name, "卫生健康局")

    def test_what_the_system_did_bears_a_chinese_name(self):
        robot = self.env.ref("base.partner_root")
        self.assertNotEqual(robot.name, "OdooBot")
        robot.name = "某县基卫系统"
        post_init_hook(self.env)
        self.assertEqual(robot.name, "某县基卫系统", "the county's own name stays")
        robot.name = "OdooBot"
        post_init_hook(self.env)
        self.assertEqual(robot.name, "系统")

    def test_scope_of_institutions(self):
        mine = self.bureau | self.finance_bureau | self.township_a | self.township_b
        mine |= self.clinic_a1 | self.clinic_a2 | self.clinic_b1
        expected = {
            "finance_officer": mine - self.finance_bureau,
            "township_director_a": self.township_a | self.clinic_a1 | self.clinic_a2,
            "township_director_b": self.township_b | self.clinic_b1,
            "village_doctor_a1": self.clinic_a1,
            "village_doctor_b1": self.clinic_b1,
        }
        for key, institutions in expected.items():
            seen = self.as_user(key, "bphs.institution").search([("id", "in", mine.ids)])
            self.assertEqual(seen.sudo(), institutions.sudo().sorted("code"), key)

    def test_villages_are_chosen_with_their_township(self):
        divisions = self.env["bphs.division"]
        only = [("id", "=", self.village_a1.id)]
        chosen = divisions.web_name_search(self.village_a1.name, {"display_name": {}}, only)
        self.assertEqual(chosen[0]["display_name"], self.village_a1.name)
        self.assertIn(f"--{self.village_a1.parent_id.name}--", chosen[0]["__formatted_display_name"])
        township = self.village_a1.parent_id.with_context(formatted_display_name=True)
        self.assertEqual(township.display_name, township.name)

    def test_township_of_each_institution(self):
        self.assertEqual(self.clinic_a1.township_id, self.township_a)
        self.assertEqual(self.township_b.township_id, self.township_b)
        self.assertFalse(self.bureau.township_id)
