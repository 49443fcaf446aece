from datetime import timedelta

from psycopg2.errors import CheckViolation

from odoo.tests import tagged
from odoo.tools import SQL, mute_logger

from ..common import ServiceCase


class ScreeningCase(ServiceCase):
    """The small county, looked through: everybody of 35 and over without a blood pressure has a row."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.today = cls.env.user._county_today()
        cls.Screening = cls.env["bphs.screening"]
        cls.young = cls.make("赵年轻", cls.village_a1, f"{cls.today.year - 30}0101", 21)
        cls.look()

    @classmethod
    def look(cls):
        for clinic in (cls.clinic_a1, cls.clinic_a2, cls.clinic_b1):
            cls.env["bphs.plan"]._bring_up_institution(clinic.id)

    def row(self, resident=None):
        return self.Screening.search([("resident_id", "=", (resident or self.zhang).id)])

    def take_reading(self, systolic, diastolic, days_ago=0, key="village_doctor_a1", resident=None, **vals):
        """A reading as the dialog takes it down. :return: the dialog's answer"""
        dialog = self.as_user(key, "bphs.screening.reading").create(
            {
                "resident_id": (resident or self.zhang).id,
                "systolic": systolic,
                "diastolic": diastolic,
                "done_on": self.today - timedelta(days_ago),
                **vals,
            }
        )
        return dialog.action_save()["params"]


@tagged("post_install", "-at_install")
class TestScreening(ScreeningCase):
    def test_who_lacks_a_blood_pressure_is_found(self):
        found = self.Screening.search([("resident_id", "in", (self.zhang | self.wang | self.li | self.young).ids)])
        self.assertEqual(found.resident_id, self.zhang | self.wang | self.li, "who is thirty is not looked for")
        self.assertEqual(set(found.mapped("state")), {"lacking"})
        self.assertEqual(set(found.mapped("found_on")), {self.today})
        self.look()
        self.assertEqual(len(self.row()), 1, "found again it is the same row")

    def test_the_age_is_a_setting_of_the_rules(self):
        rules = self.env["bphs.control.ruleset"]
        version = rules.browse(rules._in_use().action_new_version()["res_id"])
        section = self.as_user("primary_care_officer", version)
        section.screen_from_age = 18
        section.action_publish()
        self.look()
        self.assertEqual(self.row(self.young).state, "lacking")
        following = rules.browse(version.action_new_version()["res_id"])
        constraint = "bphs_control_ruleset_screening_check"
        with mute_logger("odoo.sql_db"), self.refused(constraint, kind=CheckViolation):
            following.confirm_days = 1
            following.flush_recordset()

    def test_a_pressure_from_anywhere_is_one(self):
        self.visit("village_doctor_a2", self.li, "elder_exam", systolic=132, diastolic=80)
        self.assertEqual((self.row(self.li).state, self.row(self.li).pressure), ("normal", "132/80"))
        other = self.make("钱有压", self.village_a1, "19600101", 22)
        self.visit("village_doctor_a1", other, systolic=132, diastolic=80)
        self.look()
        self.assertFalse(self.row(other), "known before anybody looked")

    def test_what_is_as_it_should_be_closes_it(self):
        said = self.take_reading(128, 78)
        self.assertEqual((said["message"], said["type"]), ("As it should be.", "success"))
        row = self.row()
        self.assertEqual((row.state, row.read_on, row.is_to_do), ("normal", self.today, False))
        visit = row.last_visit_id
        self.assertEqual((visit.template_id.code, visit.state, visit.is_complete), ("pressure", "done", True))
        self.assertEqual(visit.create_uid, self.user["village_doctor_a1"])
        visit.action_void("量的是别人")
        self.assertEqual((self.row().state, self.row().read_on, self.row().is_to_do), ("lacking", False, True))

    def test_from_too_high_to_looked_after(self):
        self.assertIn("Too high", self.take_reading(152, 96, 20)["message"])
        row = self.row()
        self.assertEqual((row.state, row.due_on), ("recheck", self.today - timedelta(6)))
        finding = self.zhang.finding_ids
        self.assertEqual(
            (finding.code, finding.state, finding.value_words[:7]), ("blood_pressure", "open", "收缩压 152")
        )
        self.take_reading(148, 92, 12)
        self.assertEqual((row.state, row.abnormal_days, len(self.zhang.finding_ids)), ("recheck", 2, 1))
        doctor = self.as_user("village_doctor_a1", row)
        with self.refused("nothing confirms hypertension yet"):
            doctor.action_enroll()
        said = self.take_reading(150, 94, 1)
        self.assertEqual((row.state, said["message"]), ("confirm", "Confirmed: diagnose and enroll."))
        context = doctor.action_enroll()["context"]
        given = {name.removeprefix("default_"): value for name, value in context.items()}
        self.assertEqual((given["kind"], given["resident_id"]), ("hypertension", self.zhang.id))
        self.as_user("village_doctor_a1", "bphs.condition").create(given)
        self.assertEqual((row.state, row.confirmed_on), ("enrolled", self.today - timedelta(1)))
        self.assertIn("hypertension", self.zhang.plan_ids.mapped("code"))
        self.assertEqual(
            row.enrolled_on, self.zhang.plan_ids.filtered(lambda one: one.code == "hypertension").date_from
        )
        self.assertEqual((finding.state, finding.handling), ("closed", "treated"), "nobody enters it a second time")

    def test_measured_again_and_normal_it_is_ruled_out(self):
        self.take_reading(152, 96, 20)
        self.take_reading(134, 84, 8)
        row = self.row()
        self.assertEqual((row.state, row.rechecked_on), ("cleared", self.today - timedelta(8)))
        self.assertEqual(self.zhang.finding_ids.handling, "rechecked")

    def test_dangerous_is_said_at_once(self):
        said = self.take_reading(186, 112)
        self.assertEqual((said["type"], said["sticky"]), ("danger", True))
        self.assertEqual(self.row().due_on, self.today + timedelta(1))

    def test_numbers_that_no_pressure_has(self):
        for systolic, diastolic, words in ((0, 80, "收缩压"), (300, 80, "300"), (120, 20, "20"), (90, 120, "higher")):
            with self.refused(words):
                self.take_reading(systolic, diastolic)
        self.assertEqual(self.row().state, "lacking")

    def test_pressed_twice_it_is_one(self):
        dialog = self.as_user("village_doctor_a1", "bphs.screening.reading").create(
            {"resident_id": self.zhang.id, "systolic": 128, "diastolic": 78}
        )
        dialog.action_save()
        dialog.action_save()
        self.assertEqual(len(self.zhang.visit_ids), 1)

    def test_a_record_found_not_true_is_no_reading(self):
        self.take_reading(128, 78)
        visit = self.row().last_visit_id
        check = self.env["bphs.authenticity.check"].search([("code", "=", "at_night")])
        doubt = self.env["bphs.authenticity.finding"].create(
            {"check_id": check.id, "institution_id": self.clinic_a1.id, "date_from": self.today, "date_to": self.today}
        )
        evidence = self.env["bphs.authenticity.evidence"].create({"finding_id": doubt.id, "visit_id": visit.id})
        officer = self.as_user("township_public_health_a", doubt)
        officer.action_sample()
        self.as_user("township_public_health_a", evidence).verdict = "false"
        self.look()
        self.assertEqual(self.row().state, "normal", "a doubt alone takes nothing away")
        officer.action_verify()
        self.look()
        self.assertEqual(self.row().state, "lacking")

    def test_reminding(self):
        rows = self.row() | self.row(self.wang)
        doctor = self.as_user("village_doctor_a1", rows)
        action = doctor.action_remind()
        dialog = self.as_user("village_doctor_a1", action["res_model"]).with_context(**action["context"])
        dialog = dialog.create({"how": "loudspeaker"})
        self.assertIn("2", dialog.told)
        self.assertIn(self.clinic_a1.name, dialog.words)
        dialog.action_remind()
        self.assertEqual(set(rows.mapped("reminded_on")), {self.today})
        self.assertEqual(set(rows.mapped("reminded_how")), {"loudspeaker"})
        dialog.action_remind()
        self.assertEqual(set(rows.mapped("reminders")), {2})
        self.assertTrue(self.log(self.zhang, user_id=self.user["village_doctor_a1"].id, kind="change"))
        self.take_reading(128, 78)
        dialog.action_remind()
        self.assertEqual(rows.mapped("reminders"), [2, 3], "whose pressure is known is not reminded any more")
        nobody = dialog.with_context(active_ids=[])
        with self.refused("Choose people in the list first"):
            nobody.action_remind()

    def test_an_excuse_takes_off_the_list_and_not_out_of_the_count(self):
        self.as_user("village_doctor_a1", self.row()).excuse = "away"
        self.assertFalse(self.row().is_to_do)
        page = self.as_user("township_public_health_a", self.Screening).loop()
        self.assertEqual(page["total"]["found"]["count"], 3)

    def test_nobody_says_how_far_somebody_is(self):
        for name, value in (("state", "normal"), ("read_on", "2026-01-01"), ("confirmed_on", "2026-01-01")):
            with self.refused("is set by the system or by its buttons"):
                self.ask("village_doctor_a1", "bphs.screening", "web_save", self.row().ids, {name: value}, {})
        with self.no_right("create", "bphs.screening"):
            self.as_user("village_doctor_a1", self.Screening).create({"resident_id": self.young.id})

    def test_it_follows_the_person(self):
        row = self.row()
        self.clinic_a1.village_ids -= self.village_a1
        self.clinic_a2.village_ids |= self.village_a1
        self.assertEqual(row.institution_id, self.clinic_a2)
        self.env.cr.execute(SQL("UPDATE bphs_resident SET status = 'died' WHERE id = %s", self.zhang.id))
        self.env.invalidate_all()
        self.assertFalse(row.is_to_do)

    def test_many_are_brought_up_in_few_statements(self):
        people = self.Resident.union(
            *(self.make(f"众{chr(0x4E00 + at)}", self.village_a1, "19600101", 100 + at) for at in range(20))
        )
        self.look()
        self.env.flush_all()
        ids = SQL("%s", tuple(people.ids))
        self.Screening._bring_up(ids)
        with self.assertQueryCount(6):
            self.Screening._bring_up(ids)
