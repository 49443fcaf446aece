from odoo.tests import tagged

from ..common import CountyCase
from ..import_case import ImportCase


@tagged("post_install", "-at_install")
class TestRegistersImport(ImportCase, CountyCase):
    def divisions(self, *rows, key="administrator"):
        headings = ["Division Code", "Division Name", "Code of the Division Above"]
        return self.import_file("bphs.division.import", key, [headings, *rows])

    def institutions(self, *rows, key="administrator"):
        headings = [
            "Institution Code",
            "Institution Name",
            "Kind",
            "Code of the Leading Institution",
            "Division Code",
            "Codes of the Villages Served",
        ]
        return self.import_file("bphs.institution.import", key, [headings, *rows])

    def test_divisions_load_and_load_again(self):
        rows = (
            # Spreadsheets keep codes as numbers; villages stand before their township.
            [990499103201.0, "丙一村", None],
            ["990499103000", "丙镇", "990499000000"],
            ["990499101000", "甲街道", ""],
        )
        wizard = self.divisions(*rows)
        wizard.action_load()
        self.assertEqual((wizard.state, wizard.loaded_count), ("loaded", 3), wizard.message)
        village = self.env["bphs.division"].search([("code", "=", "990499103201")])
        self.assertEqual((village.level, village.parent_id.name), ("village", "丙镇"))
        self.assertEqual(village.parent_id.parent_id, self.county)
        self.assertEqual(self.division_a.name, "甲街道")
        again = self.divisions(*rows)
        again.action_load()
        self.assertEqual((again.state, again.loaded_count), ("loaded", 0))

    def test_divisions_refused_by_row(self):
        before = self.env["bphs.division"].search([])
        wizard = self.divisions(
            ["990499103000", "丙镇", ""],
            ["990599104000", "丁镇", "990499000000"],
            ["99049910", "短", ""],
            ["990499000201", "无镇村", ""],
            ["990488103000", "不属", ""],
            ["990499103000", "丙镇", ""],
        )
        wizard.action_load()
        self.assertRefused(
            wizard,
            {
                3: "does not begin with",
                4: "twelve digits",
                5: "not the code",
                6: "not known",
                7: "row 2",
            },
        )
        self.assertEqual(self.env["bphs.division"].search([]), before)

    def test_institutions_load_and_load_again(self):
        rows = (
            ["T31", "丙一村卫生室", "Village Clinic", "T30", "", "990499102201"],
            ["T30", "丙镇卫生院", "Township Hospital", "T00", "990499102000", ""],
            [
                "T11",
                "甲一村中心卫生室",
                "Village Clinic",
                "T10",
                "990499101201",
                "990499101201、990499101202",
            ],
        )
        wizard = self.institutions(*rows)
        wizard.action_load()
        self.assertEqual((wizard.state, wizard.loaded_count), ("loaded", 3), wizard.message)
        clinic = self.env["bphs.institution"].search([("code", "=", "T31")])
        self.assertEqual(clinic.township_id.name, "丙镇卫生院")
        self.assertEqual(self.clinic_a1.village_ids, self.village_a1 | self.village_a2)
        again = self.institutions(*rows)
        again.action_load()
        self.assertEqual((again.state, again.loaded_count), ("loaded", 0))

    def test_institutions_refused_by_row(self):
        before = self.env["bphs.institution"].search([])
        wizard = self.institutions(
            ["T31", "一", "Village Clinic", "T99", "", ""],
            ["T32", "二", "Vilage", "T10", "", ""],
            ["T33", "三", "Village Clinic", "T34", "", ""],
            ["T34", "四", "Village Clinic", "T33", "", ""],
            ["T09", "财政", "Finance Bureau", "T00", "", ""],
            ["T35", "五", "Village Clinic", "T10", "123456789012", "990499101000"],
        )
        wizard.action_load()
        self.assertRefused(
            wizard,
            {
                2: "T99",
                3: "Vilage",
                4: "led by itself",
                5: "led by itself",
                6: "outside your scope",
                7: "not the code of a village",
            },
        )
        self.assertEqual(self.env["bphs.institution"].search([]), before)

    def test_only_the_administrator_imports_registers(self):
        for key in self.user:
            for model in ("bphs.division.import", "bphs.institution.import"):
                allowed = self.as_user(key, model).has_access("create")
                self.assertEqual(allowed, key == "administrator", (key, model))
        wizard = self.divisions(["990499103000", "丙镇", ""])
        with self.no_right("write", "bphs.division.import"):
            wizard.with_user(self.user["finance_officer"]).action_load()

    def test_template_holds_what_the_user_administers(self):
        wizard = self.as_user("administrator", "bphs.institution.import").create({})
        wizard.action_template()
        rows = self.read_book(wizard.template_file)
        self.assertIn("甲一村卫生室", [cells[1] for cells in rows])
        self.assertNotIn("试验区财政局", [cells[1] for cells in rows])
        wizard.file = wizard.template_file
        wizard.action_load()
        self.assertEqual((wizard.state, wizard.loaded_count), ("loaded", 0), wizard.message)

    def test_an_institution_led_by_none_comes_into_its_makers_scope(self):
        institutions = self.as_user("administrator", "bphs.institution")
        root = institutions.create({"code": "T90", "name": "县医院", "kind": "county_hospital"})
        self.assertIn(root, institutions.search([]))
        with self.denied("you may not add this record, it is not within your scope"):
            institutions.create(
                [
                    {"code": "T91", "name": "又一", "kind": "other"},
                    {
                        "code": "T92",
                        "name": "别人的",
                        "kind": "other",
                        "parent_id": self.finance_bureau.id,
                    },
                ]
            )
        with self.no_right("create", "bphs.institution"):
            self.as_user("finance_officer", "bphs.institution").create({"code": "T93", "name": "x", "kind": "other"})
