from datetime import timedelta

from odoo.tests import Form, tagged

from ..common import ServiceCase


@tagged("post_install", "-at_install")
class TestVisitControl(ServiceCase):
    """What is measured is judged by the county's rules, asked back, and kept with the version it was judged by."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.today = cls.Visit._county_today()
        cls.Ruleset = cls.env["bphs.control.ruleset"]
        cls.shipped = cls.Ruleset._in_use()

    def test_the_module_brings_a_version_in_force(self):
        self.assertEqual((self.shipped.version, self.shipped.state, len(self.shipped.rule_ids)), (1, "published", 12))

    def made(self, code="hypertension", resident=None, complete=True, **vals):
        return self.visit("village_doctor_a1", resident or self.zhang, code, complete, **vals)

    def aged(self, years, at=301):
        born = f"{self.today.year - years}0101"
        return self.make("试验", self.village_a1, born, at + 2 * years)

    def test_age_decides_on_the_pressure(self):
        for years, assessed in ((40, "uncontrolled"), (64, "uncontrolled"), (65, "satisfied"), (80, "satisfied")):
            visit = self.made(resident=self.aged(years), systolic=145, diastolic=80)
            self.assertEqual(visit.assessed, assessed, years)

    def test_a_dangerous_value_is_asked_back_and_kept(self):
        visit = self.made(complete=False, systolic=185, diastolic=95)
        self.assertTrue(visit.is_dangerous)
        self.assertIn("185", visit.danger_words)
        self.assertIn("180", visit.danger_words)
        self.assertIn(str(self.today + timedelta(14)), visit.proposed_words)
        visit.action_complete()
        self.assertEqual((visit.state, visit.systolic), ("done", 185))
        self.assertFalse(visit.proposed_words)

    def test_twice_in_a_row_is_proposed_for_referral(self):
        day = self.today - timedelta(20)
        self.made(systolic=165, diastolic=80, result="uncontrolled", done_on=day)
        first = self.made(complete=False, systolic=165, diastolic=80, done_on=day - timedelta(60))
        self.assertIn("Adjust the treatment", first.with_context(lang="en_US").proposed_words)
        second = self.made(complete=False, systolic=165, diastolic=80)
        self.assertIn("refer", second.with_context(lang="en_US").proposed_words)
        well = self.made(complete=False, systolic=120, diastolic=70)
        self.assertFalse(well.proposed_words or well.control_words)
        self.made(systolic=120, diastolic=70, result="satisfied")
        again = self.made(complete=False, systolic=165, diastolic=80)
        self.assertIn("Adjust the treatment", again.with_context(lang="en_US").proposed_words)

    def test_what_nobody_said_is_proposed_in_the_form(self):
        doctor = self.as_user("village_doctor_a1", self.Visit)
        context = {"default_resident_id": self.zhang.id, "default_template_id": self.form("hypertension").id}
        with Form(doctor.with_context(**context)) as form:
            form.systolic, form.diastolic = 170, 95
            self.assertEqual(form.result, "uncontrolled")
            self.assertEqual(form.next_on, self.today + timedelta(14))
        with Form(doctor.with_context(**context)) as form:
            form.result = "complication"
            form.systolic, form.diastolic = 120, 80
            self.assertEqual(form.result, "complication")

    def test_sugar_and_both(self):
        self.assertEqual(self.made("diabetes", fasting_glucose=7.0).assessed, "uncontrolled")
        self.assertEqual(self.made("diabetes", fasting_glucose=6.9).assessed, "satisfied")
        self.assertTrue(self.made("diabetes", fasting_glucose=3.9).is_dangerous)
        self.env["bphs.resident.group"].create(
            [
                {"resident_id": self.zhang.id, "kind": kind, "date_from": self.today}
                for kind in ("hypertension", "diabetes")
            ]
        )
        both = self.made("chronic", systolic=120, diastolic=70)
        self.assertFalse(both.assessed)
        self.assertEqual(self.made("chronic", systolic=120, diastolic=70, fasting_glucose=6).assessed, "satisfied")
        reaction = self.made(systolic=120, diastolic=70, drug_reaction="yes")
        self.assertEqual(reaction.assessed, "reaction")

    def test_a_record_stays_with_the_version_it_was_judged_by(self):
        grown = self.aged(40)
        old = self.made(resident=grown, systolic=135, diastolic=80)
        self.assertEqual((old.assessed, old.control_ruleset_id), ("satisfied", self.shipped))
        officer = self.as_user("primary_care_officer", self.shipped)
        new = officer.browse(officer.action_new_version()["res_id"])
        self.assertEqual((new.version, new.state), (self.shipped.version + 1, "draft"))
        rule = new.rule_ids.filtered(lambda rule: rule.measure == "systolic" and rule.to_age == 64)
        rule.value = 130
        self.assertEqual(self.made(resident=grown, systolic=135, diastolic=80).assessed, "satisfied")
        new.action_publish()
        self.assertEqual(self.made(resident=grown, systolic=135, diastolic=80).assessed, "uncontrolled")
        self.env.invalidate_all()
        self.assertEqual((old.assessed, old.control_ruleset_id), ("satisfied", self.shipped))
        with self.refused("records were judged by it"):
            rule.value = 120
        with self.refused("records were judged by it"):
            new.unlink()

    def test_what_is_no_rule_is_refused(self):
        officer = self.as_user("primary_care_officer", self.Ruleset)
        empty = officer.create({"name": "空"})
        with self.refused("has no rule yet"):
            empty.action_publish()
        row = {"ruleset_id": empty.id, "disease": "hypertension", "measure": "systolic", "value": 140}
        with self.refused("a value above zero"):
            empty.rule_ids.create({**row, "value": 0})
        with self.refused("Ages run from a first to a last one."):
            empty.rule_ids.create({**row, "from_age": 65, "to_age": 64})
        empty.rule_ids.create(row)
