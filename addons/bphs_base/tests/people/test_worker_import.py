from datetime import timedelta

from odoo.tests import tagged

from ..common import CountyCase
from ..import_case import ImportCase

HEADINGS = [
    "Staff Number",
    "Person's Name",
    "Institution Code",
    "Profession",
    "Kind of Licence",
    "Licence Number",
    "Phone",
    "Here Since",
    "Left On",
]


@tagged("post_install", "-at_install")
class TestWorkerImport(ImportCase, CountyCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.today = cls.env["base"]._county_today()

    def load(self, *rows, key="administrator"):
        filled = [[*cells, *[""] * (len(HEADINGS) - len(cells))] for cells in rows]
        wizard = self.import_file("bphs.worker.import", key, [HEADINGS, *filled])
        wizard.action_load()
        return wizard

    def named(self, name):
        return self.env["bphs.worker"].with_context(active_test=False).search([("name", "=", name)])

    def test_h35_people_load_and_load_again(self):
        rows = (
            [
                "",
                "秦树林",
                "T11",
                "Village Doctor",
                "Village Doctor's Licence",
                "140400001",
                15400001111.0,
                "2020-03-01",
            ],
            ["", "王爱莲", "T11", "Nurse", "", "", "", ""],
            ["", "老周", "T12", "Village Doctor", "", "", "", "2019-01-01", "2024-12-31"],
        )
        wizard = self.load(*rows)
        self.assertEqual((wizard.state, wizard.loaded_count), ("loaded", 3), wizard.message)
        doctor = self.named("秦树林")
        self.assertEqual((doctor.phone, str(doctor.since)), ("15400001111", "2020-03-01"))
        self.assertFalse(self.named("老周").active)
        again = self.load(*rows[:2])
        self.assertEqual((again.state, again.loaded_count), ("loaded", 0), again.message)

    def test_a_blank_cell_changes_nothing(self):
        self.load(["", "秦树林", "T11", "Village Doctor", "Village Doctor's Licence", "140400001", "15400001111"])
        wizard = self.load([self.named("秦树林").code, "秦树林", "T11"])
        self.assertEqual((wizard.state, wizard.loaded_count), ("loaded", 0), wizard.message)
        self.assertEqual(self.named("秦树林").licence_number, "140400001")

    def test_a_person_known_by_licence_moves_from_a_day_on(self):
        licence = ["Village Doctor's Licence", "140400001", ""]
        self.load(["", "秦树林", "T11", "Village Doctor", *licence, "2020-03-01"])
        self.assertRefused(self.load(["", "秦树林", "T21", "", *licence, ""]), {2: "give the later day"})
        wizard = self.load(["", "秦树林", "T21", "", *licence, "2024-06-01"])
        self.assertEqual(wizard.state, "loaded", wizard.message)
        doctor = self.named("秦树林")
        self.assertEqual(doctor.institution_id, self.clinic_b1)
        self.assertEqual(len(doctor.post_ids), 2)

    def test_rows_are_refused_with_their_reasons(self):
        self.load(
            ["", "同名", "T11", "Nurse", "Nurse's Licence", "1"], ["", "同名", "T11", "Nurse", "Nurse's Licence", "2"]
        )
        tomorrow = str(self.today + timedelta(days=1))
        wizard = self.load(
            ["", "无业", "T11"],
            ["", "无处", "T99", "Nurse"],
            ["88888", "无号", "T11", "Nurse"],
            ["", "同名", "T11", "Nurse"],
            ["", "重复", "T11", "Nurse"],
            ["", "重复", "T11", "Nurse"],
            ["", "将来", "T11", "Nurse", "", "", "", tomorrow],
            ["", "倒置", "T11", "Nurse", "", "", "", "2024-05-01", "2024-04-01"],
            ["", "缺证", "T11", "Nurse", "", "77"],
        )
        self.assertRefused(
            wizard,
            {
                2: "must not be empty",
                3: "T99",
                4: "nobody's number",
                5: "give the staff number",
                7: "row 6",
                8: "has not come yet",
                9: "before the first day",
                10: "where a number is given",
            },
        )
        self.assertFalse(self.named("重复"))

    def test_a_township_loads_its_own_and_takes_them_out(self):
        key = "township_public_health_a"
        self.assertRefused(self.load(["", "别镇", "T21", "Nurse"], key=key), {2: "not within your scope"})
        self.assertEqual(self.load(["", "本镇", "T11", "Nurse", "", "", "15400002222"], key=key).state, "loaded")
        wizard = self.as_user(key, "bphs.worker.import").create({})
        wizard.action_template()
        rows = self.read_book(wizard.template_file)
        self.assertIn("本镇", [cells[1] for cells in rows])
        wizard.file = wizard.template_file
        wizard.action_load()
        self.assertEqual((wizard.state, wizard.loaded_count), ("loaded", 0), wizard.message)
