from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from ..common import CountyCase


@tagged("post_install", "-at_install")
class TestSetup(CountyCase):
    def page(self, key="administrator"):
        return {step["key"]: step for step in self.as_user(key, "bphs.setup").get_page()["steps"]}

    def test_h35_each_step_says_what_is_missing_by_what_stands(self):
        page = self.page()
        self.assertTrue(page["divisions"]["done"])
        self.division_b.child_ids.active = False
        township = self.env["bphs.division"].create(
            {"code": "990499103000", "name": "丙镇", "level": "township", "parent_id": self.county.id}
        )
        page = self.page()
        self.assertFalse(page["divisions"]["done"])
        missing = page["divisions"]["checks"][2]
        self.assertIn("1", missing["text"])
        # The count and the list are one query.
        found = self.env[missing["list"]["res_model"]].search(missing["list"]["domain"])
        self.assertEqual(found, township)
        told = self.as_user("administrator", "bphs.setup").get_page()
        self.assertEqual(self.as_user("administrator", "bphs.setup")._progress(), (told["done"], told["total"]))

    def test_people_are_missing_until_two_of_finance_are_there(self):
        self.assertFalse(self.page()["people"]["done"])
        self.as_user("administrator", "bphs.worker").create(
            {"name": "李秀英", "institution_id": self.bureau.id, "profession": "administrator"}
        )
        self.assertTrue(self.page()["people"]["done"])
        self.user["finance_officer_2"].active = False
        page = self.page()
        self.assertFalse(page["people"]["done"])
        self.assertIn("1/2", [check["text"] for check in page["people"]["checks"]][1])

    def test_finance_sees_how_far_it_is_and_presses_its_own(self):
        page = self.page("finance_officer")
        self.assertFalse(page["divisions"]["buttons"])
        self.assertEqual(set(page), set(self.page()))
        for key in ("leader", "village_doctor_a1"):
            with self.assertRaisesRegex(AccessError, "begin a county"):
                self.page(key)

    def test_the_county_is_named_and_named_again(self):
        company = self.env.ref("base.main_company")
        with Form(self.as_user("administrator", "bphs.setup.county")) as form:
            self.assertEqual((form.county_name, form.bureau_name), ("试验区", "试验区卫健局"))
            form.bureau_name = "试验区卫生健康和体育局"
            form.second_factor = True
            form.address = "https://gw.example.gov.cn/"
        form.record.action_save()
        self.assertEqual(company.name, "试验区卫生健康和体育局")
        self.assertEqual(self.bureau.name, "试验区卫生健康和体育局")
        self.assertEqual(self.env["ir.config_parameter"].get_param("bphs_base.second_factor"), "1")
        self.assertEqual(self.bureau.code, "T00")
        self.assertEqual(self.env["ir.config_parameter"].get_param("web.base.url"), "https://gw.example.gov.cn")
        form.record.county_code = "9904"
        with self.assertRaisesRegex(UserError, "six digits"):
            form.record.action_save()

    def test_h35_an_empty_database_becomes_a_county(self):
        self.user["administrator"].bphs_institution_ids = False
        dialog = self.as_user("administrator", "bphs.setup.county").create(
            {"county_name": "新区", "county_code": "990499", "bureau_name": "新区卫健局", "bureau_code": "N00"}
        )
        dialog.action_save()
        bureau = self.env["bphs.institution"].search([("code", "=", "N00")])
        self.assertEqual((bureau.kind, bureau.division_id), ("health_bureau", self.county))
        self.assertEqual(self.user["administrator"].bphs_institution_ids, bureau)
