from datetime import date, datetime, time, timedelta

from odoo.exceptions import ValidationError
from odoo.tests import freeze_time, tagged
from odoo.tools import SQL

from ..tools import columns
from .common import ResidentCase, id_number


@tagged("post_install", "-at_install")
class TestResident(ResidentCase):
    def test_villages_offered_are_those_one_may_write_to(self):
        villages = self.village_a1 | self.village_a2 | self.village_b1
        for key, offered in (
            ("village_doctor_a1", self.village_a1),
            ("township_public_health_a", self.village_a1 | self.village_a2),
            ("township_public_health_b", self.village_b1),
            ("primary_care_officer", villages),
        ):
            divisions = self.as_user(key, "bphs.division")
            with self.subTest(key):
                self.assertEqual(divisions.search([("id", "in", villages.ids), ("in_scope", "=", True)]), offered)
                self.assertEqual(
                    divisions.search([("id", "in", villages.ids), ("in_scope", "=", False)]), villages - offered
                )
                self.assertEqual(divisions.browse(villages.ids).filtered("in_scope"), offered)

    def test_h33_new_file_follows_its_village_and_its_number(self):
        made = self.as_user("village_doctor_a1", self.Resident).create(
            {
                "name": "赵一",
                "division_id": self.village_a1.id,
                "id_number": id_number("19550505", 7),
                "phone": "138 1111 2222",
            }
        )
        self.assertRegex(made.ehr_number, r"^990499101201\d{5}$")
        self.assertEqual(made.institution_id, self.clinic_a1)
        self.assertEqual(made.township_id, self.township_a)
        self.assertEqual((made.birth_date, made.sex), (date(1955, 5, 5), "male"))
        self.assertEqual(made.id_masked, id_number("19550505", 7)[:3] + "*" * 15)
        self.assertTrue(made.dynamic, "use begins with the file")
        self.assertNotIn("not_dynamic", made.failures)
        self.assertEqual(made.phone, "138****2222")
        self.assertEqual(made.pinyin, "zhao yi")

    def test_form_and_bulk_write_the_same_row(self):
        keys = self.env["bphs.resident.keyring"]._keys()
        self.env.flush_all()
        for resident in self.zhang | self.li:
            names = [c for c in columns.RESIDENT_COLUMNS if not c.endswith("_cipher")]
            selected = SQL(", ").join(map(SQL.identifier, [*names, "id_cipher", "phone_cipher"]))
            ((*stored, id_cipher, phone_cipher),) = self.env.execute_query(
                SQL("SELECT %s FROM bphs_resident WHERE id = %s", selected, resident.id)
            )
            stored = dict(zip(names, stored, strict=True))
            person = {name: value for name, value in stored.items() if name in columns.PERSON_DEFAULTS}
            person |= {"id_number": keys.open("id", id_cipher), "phone": keys.open("phone", phone_cipher)}
            row = dict(zip(columns.RESIDENT_COLUMNS, columns.row_of(person, keys, date.today()), strict=True))
            for name in names:
                self.assertEqual(stored[name] or None, row[name] or None, name)

    def test_wrong_documents_are_refused(self):
        good = id_number("19550505", 7)
        wrong = good[:-1] + ("0" if good[-1] != "0" else "1")
        for vals, words in (
            ({"id_number": wrong}, "last character"),
            ({"id_number": good, "birth_date": "1955-05-06"}, "date of birth"),
            ({"id_number": good, "sex": "female"}, "sex"),
            ({}, "wanting"),
            ({"id_type": "none"}, "Say why"),
        ):
            with self.subTest(vals), self.assertRaisesRegex(ValidationError, words):
                self.Resident.create({"name": "错", "division_id": self.village_a1.id, **vals})

    def test_phone_is_corrected_by_typing_over_the_mask(self):
        as_doctor = self.as_user("village_doctor_a1", self.zhang)
        as_doctor.phone = "13900001111"
        self.assertEqual(as_doctor.phone, "139****1111")
        with self.refused("is the masked number. Type the whole new one"):
            as_doctor.phone = "139****2222"
        with self.refused("is not a telephone number: 11 digits of a"):
            as_doctor.phone = "12345"
        entry = self.log(self.zhang, kind="change", user_id=self.user["village_doctor_a1"].id)
        self.assertEqual(len(entry), 1)
        self.assertEqual(entry.what, "Phone")

    def test_each_opening_is_logged_once_a_minute(self):
        as_doctor = self.as_user("village_doctor_a1", self.zhang)
        as_doctor.web_read({"name": {}})
        as_doctor.web_read({"name": {}})
        self.assertEqual(len(self.log(self.zhang, kind="open")), 1)
        self.as_user("team_leader_a", self.zhang).read(["name"])
        self.assertEqual(len(self.log(self.zhang, kind="open")), 2)

    def test_h36_two_of_one_name_are_told_apart_in_the_log(self):
        other = self.make(self.zhang.name, self.village_a1, "19610101", 5)
        for resident in (self.zhang, other):
            self.as_user("village_doctor_a1", resident).web_read({"name": {}})
        entries = self.log(self.zhang) | self.log(other)
        self.assertEqual(set(entries.mapped("ehr_number")), {self.zhang.ehr_number, other.ehr_number})
        for kind in ("list", "search"):
            arch, _view = self.env["bphs.resident.access"]._get_view(view_type=kind)
            shown = [node.get("name") for node in arch.iter("field") if node.get("optional") != "hide"]
            self.assertIn("ehr_number", shown, kind)

    def test_unmasking_needs_a_role_and_a_reason(self):
        as_doctor = self.as_user("village_doctor_a1", self.zhang)
        with self.refused("Say in words why you need the whole number"):
            as_doctor.action_unmask("id_number", " ")
        self.assertEqual(as_doctor.action_unmask("id_number", "补办证件"), id_number("19500101", 1))
        entry = self.log(self.zhang, kind="unmask")
        self.assertEqual((entry.reason, entry.user_id), ("补办证件", self.user["village_doctor_a1"]))
        with self.denied("Your role does not see whole numbers"):
            self.as_user("auditor", self.zhang).action_unmask("id_number", "看看")
        with self.denied("not within your scope"):
            self.as_user("village_doctor_b1", self.zhang).action_unmask("id_number", "看看")

    def test_ciphers_reach_no_client(self):
        Resident = self.as_user("administrator", self.Resident)
        hidden = {"id_cipher", "id_index", "id_last4_index", "phone_cipher", "phone_index", "search_tokens"}
        self.assertFalse(hidden & set(Resident.fields_get()))
        for name in sorted(hidden):
            with self.subTest(name), self.denied("always forbidden"):
                Resident.search([(name, "!=", False)])
            with self.subTest(name), self.denied("always forbidden"):
                self.as_user("administrator", self.zhang).read([name])

    def test_a_file_grows_stale_by_itself(self):
        today = self.Resident._county_today()
        household = self.env["bphs.household"].create({"division_id": self.village_a1.id})
        (self.zhang | self.wang).write({"household_id": household.id, "relation": "other", "phone": "13812341234"})
        (self.zhang | self.wang).write({"file_created_on": "2012-01-01"})
        (self.zhang | self.wang).last_service_on = today - timedelta(days=400)
        self.env["bphs.resident.group"].create({"resident_id": self.zhang.id, "kind": "hypertension"})
        self.env.flush_all()
        self.assertEqual((self.zhang.failures, self.wang.failures), ("not_dynamic", False))
        self.wang.last_service_on = self.zhang.last_service_on = today - timedelta(days=100)
        self.env.flush_all()
        self.assertTrue(self.zhang.standardised and self.wang.standardised)
        for days, zhang, wang in ((200, True, True), (300, False, True), (700, False, False)):
            with freeze_time(datetime.combine(today, time(4)) + timedelta(days=days)):
                self.Resident._cron_judge_files()
            self.assertEqual((self.zhang.standardised, self.wang.standardised), (zhang, wang), days)
        self.assertEqual(self.wang.failures, "not_dynamic")

    def test_a_county_officer_opens_with_a_reason(self):
        as_officer = self.as_user("primary_care_officer", self.zhang)
        self.assertFalse(as_officer.search([]))
        self.assertEqual(self.names("primary_care_officer", "张三丰"), ["张三丰"])
        self.assertFalse(self.names("primary_care_officer", "张"))
        with self.denied("not within your scope"):
            as_officer.read(["name"])
        with self.refused("Say in words why you need this file"):
            as_officer.action_open()
        as_officer.action_open("投诉核查")
        self.assertEqual(as_officer.search([]), self.zhang)
        as_officer.read(["name"])

    def test_restricted_files_are_for_named_persons(self):
        self.env["bphs.resident.group"].create({"resident_id": self.li.id, "kind": "smi", "date_from": "2020-01-01"})
        self.env.flush_all()
        self.assertTrue(self.li.restricted)
        for key in ("village_doctor_a2", "township_public_health_a", "auditor", "administrator"):
            with self.subTest(key):
                seen = self.as_user(key, self.Resident)
                self.assertNotIn(self.li, seen.search([]))
                self.assertFalse(self.names(key, "李晓霞"))
                self.assertFalse(self.names(key, self.li.ehr_number))
        self.name_person("village_doctor_a2")
        self.assertEqual(self.names("village_doctor_a2", "lxx"), ["李晓霞"])
