from odoo.tests import tagged

from odoo.addons.bphs_base.tests.home import check_page

from .test_screening import ScreeningCase


@tagged("post_install", "-at_install")
class TestScreeningRights(ScreeningCase):
    """Rows are seen like the files they tell of; readings are taken by whoever makes service records."""

    def seen(self, key):
        return self.as_user(key, self.Screening).search([]).sudo().resident_id

    def test_within_ones_scope(self):
        self.assertEqual(self.seen("village_doctor_a1") & (self.zhang | self.li | self.zhang_b), self.zhang)
        self.assertEqual(self.seen("township_public_health_a") & (self.zhang | self.li), self.zhang | self.li)
        self.assertFalse(self.seen("township_public_health_a") & self.zhang_b)
        with self.no_right("read", "bphs.screening"):
            self.as_user("finance_officer", self.Screening).search([])

    def test_a_file_for_named_persons_is_not_there_for_others(self):
        self.name_person("township_public_health_a")
        self.env["bphs.resident.group"].create({"resident_id": self.zhang.id, "kind": "smi", "date_from": self.today})
        self.assertTrue(self.zhang.restricted)
        self.assertNotIn(self.zhang, self.seen("village_doctor_a1"))
        self.assertIn(self.zhang, self.seen("township_public_health_a"))
        found = {
            key: self.as_user(key, self.Screening).loop()["total"]["found"]["count"]
            for key in ("village_doctor_a1", "township_public_health_a")
        }
        self.assertEqual(found, {"village_doctor_a1": 1, "township_public_health_a": 3})

    def test_a_record_for_named_persons_moves_no_row_that_others_see(self):
        form = self.form("smi")
        values = {"resident_id": self.wang.id, "template_id": form.id, "systolic": 150, "diastolic": 96}
        visit = self.Visit.create({**values, "done_on": self.today})
        visit.action_complete()
        self.assertEqual(self.row(self.wang).state, "lacking")

    def test_who_opens_files_one_by_one_sees_figures_and_no_people(self):
        self.assertFalse(self.seen("primary_care_officer"))
        section = self.as_user("primary_care_officer", self.Screening)
        page = section.loop()
        self.assertEqual((page["total"]["found"]["count"], page["opens"]), (4, False))
        with self.refused("sees the figures of teams here, and not the people"):
            section.loop_list("found")

    def test_readings_are_for_those_who_make_records(self):
        with self.no_right("create", "bphs.screening.reading"):
            self.take_reading(128, 78, key="auditor")
        with self.denied(""):
            self.take_reading(128, 78, key="village_doctor_b1")
        with self.no_right("create", "bphs.screening.remind"):
            self.as_user("auditor", "bphs.screening.remind").create({})
        with self.no_right("write", "bphs.screening"):
            self.as_user("auditor", self.row()).action_remind()
        with self.denied("is told to those who serve people"):
            self.as_user("rectification_clerk", self.Screening).loop()

    def test_ones_own_dialogs(self):
        dialog = self.as_user("village_doctor_a1", "bphs.screening.reading").create(
            {"resident_id": self.zhang.id, "systolic": 128, "diastolic": 78}
        )
        with self.denied(""):
            self.as_user("township_public_health_a", dialog).action_save()

    def test_a_call_is_logged_with_its_reason(self):
        action = self.as_user("village_doctor_a1", self.row()).action_call()
        self.assertEqual(action["url"], "tel:13812341234")
        self.assertTrue(self.log(self.zhang, kind="unmask"))
        with self.refused("no telephone"):
            self.as_user("village_doctor_a1", self.row(self.wang)).action_call()

    def test_reading_a_row_is_logged(self):
        self.as_user("village_doctor_a1", self.row()).read(["state"])
        self.assertTrue(self.log(self.zhang, user_id=self.user["village_doctor_a1"].id, kind="open"))

    def test_the_first_page(self):
        self.take_reading(152, 96, 20)
        page = check_page(self, self.env(user=self.user["village_doctor_a1"]))
        (card,) = [card for card in page["cards"] if card["key"] == "screening"]
        self.assertEqual([line["figure"] for line in card["lines"]], ["0", "1", "1", "1", "1"])
        page = check_page(self, self.env(user=self.user["primary_care_officer"]))
        self.assertFalse([card for card in page["cards"] if card["key"] == "screening"])
