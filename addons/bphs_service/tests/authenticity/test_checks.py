from datetime import date, datetime, timedelta

from odoo import Command
from odoo.tests import tagged

from .common import DoubtCase

DAY = date(2025, 2, 10)


@tagged("post_install", "-at_install")
class TestChecks(DoubtCase):
    """Each kind of fabrication, planted once, is found by its check with the very records; what is near it is not."""

    def assert_found(self, code, visits, number=1):
        findings = self.found(code)
        self.assertEqual(len(findings), number, code)
        self.assertEqual((findings.institution_id, findings.worker_id), (self.clinic_a1, self.worker))
        self.assertEqual(set(findings.evidence_ids.visit_id.ids), set(visits), code)
        return findings

    def died(self, status="died"):
        self.env.cr.execute(
            "UPDATE bphs_resident SET status = %s, status_date = %s WHERE id = %s", [status, DAY, self.people[0].id]
        )

    def test_after_death(self):
        self.died()
        self.put(self.people[0], DAY)
        planted = self.put(self.people[0], DAY + timedelta(1), mode="phone")
        self.assertTrue(self.assert_found("after_death", [planted]).hard)

    def test_after_moving(self):
        self.died("moved_out")
        self.put(self.people[0], DAY + timedelta(1), mode="phone")
        planted = self.put(self.people[0], DAY + timedelta(1), mode="home")
        self.assert_found("after_moving", [planted])

    def test_in_hospital(self):
        clock = self.env["bphs.clock"].search([("kind", "=", "interval"), ("state", "=", "published")], limit=1)
        plan = self.env["bphs.plan"].create(
            {"resident_id": self.people[0].id, "clock_id": clock.id, "date_from": date(2025, 1, 1)}
        )  # fmt: skip
        self.env["bphs.followup.attempt"].create({"plan_id": plan.id, "kind": "in_hospital", "made_on": DAY})
        self.env["bphs.acute.event"].create(
            {"resident_id": self.people[0].id, "kind": "discharge", "event_on": DAY + timedelta(9)}
        )
        self.put(self.people[0], DAY - timedelta(1))
        self.put(self.people[0], DAY + timedelta(9))
        self.put(self.people[0], DAY + timedelta(2), mode="phone")
        planted = [self.put(self.people[0], DAY), self.put(self.people[0], DAY + timedelta(8), mode="home")]
        self.assert_found("in_hospital", planted)

    def test_exam_copied(self):
        values = {"systolic": 131, "diastolic": 77, "heart_rate": 71, "weight": 61.2, "height": 163, "waist": 81}
        for at in (0, 1):
            self.put(self.people[at], date(2024, 3, 2), "elder_exam", **values)
        planted = self.put(self.people[0], date(2025, 3, 2), "elder_exam", **values)
        self.put(self.people[1], date(2025, 3, 2), "elder_exam", **(values | {"weight": 61.3}))
        # Too little was measured to tell.
        self.put(self.people[2], date(2024, 3, 2), "elder_exam", systolic=131, diastolic=77)
        self.put(self.people[2], date(2025, 3, 2), "elder_exam", systolic=131, diastolic=77)
        self.assert_found("exam_copied", [planted])

    def test_many_a_day(self):
        self.limits("many_a_day", most=10)
        for at in range(10):
            self.put(self.people[at], DAY - timedelta(1))
            self.put(self.people[at], DAY, "elder_exam")
        planted = [self.put(one, DAY) for one in self.people[:11]]
        self.assert_found("many_a_day", planted)

    def test_at_once(self):
        moment = datetime(2025, 2, 10, 3, 15)
        for one in self.people[:5]:
            self.put(one, DAY, create_date=moment + timedelta(minutes=5))
            self.put(one, DAY, create_date=moment + timedelta(minutes=7), source="imported")
        planted = [
            self.put(one, DAY, create_date=moment + timedelta(seconds=at)) for at, one in enumerate(self.people[:6])
        ]
        self.assert_found("at_once", planted)

    def test_who_came_to_an_activity_is_entered_by_one_tap(self):
        """An honest lecture before twelve people is no doubt, however quickly their names are entered."""
        self.limits("many_a_day", most=10)
        lecture = self.env["bphs.group.service"].create(
            {"topic": "高血压防治", "institution_id": self.clinic_a1.id, "worker_id": self.worker.id, "done_on": DAY}
        )
        moment = datetime(2025, 2, 10, 3, 15)
        for at, one in enumerate(self.people):
            self.put(one, DAY, "group_education", group_id=lecture.id, create_date=moment + timedelta(seconds=at))
        self.assertFalse(self.found("at_once", "many_a_day"))

    def test_at_night(self):
        # 02:20 at the county is 18:20 of the day before in UTC.
        night = datetime(2025, 2, 9, 18, 20)
        planted = [
            self.put(one, DAY, create_date=night + timedelta(minutes=at)) for at, one in enumerate(self.people[:10])
        ]
        self.put(self.people[0], DAY, create_date=datetime(2025, 2, 10, 2, 20))
        self.assert_found("at_night", planted)

    def test_too_few_at_night_say_nothing(self):
        for at in range(9):
            self.put(self.people[at], DAY, create_date=datetime(2025, 2, 9, 18, at))
        self.assertFalse(self.found("at_night"))

    def test_repeated(self):
        for at in range(3):
            self.put(self.people[at], DAY, systolic=124, diastolic=78)
        self.put(self.people[3], DAY, systolic=125, diastolic=78)
        planted = [self.put(one, DAY + timedelta(1), systolic=128, diastolic=79) for one in self.people[:4]]
        self.assertIn("128/79 × 4", self.assert_found("repeated", planted).seen)

    def test_shared_phone(self):
        self.people[:3].write({"phone": "13812345678"})
        self.people[3:5].write({"phone": "13912345678"})
        planted = [self.put(one, DAY, mode="phone") for one in self.people[:3]]
        for one in self.people[3:5]:
            self.put(one, DAY, mode="phone")
        self.assert_found("shared_phone", planted)

    def test_clinic_differs(self):
        for at, (own, other) in enumerate(((118, 162), (121, 158), (139, 141), (120, 138))):
            self.put(self.people[at], DAY, systolic=own)
            self.put_outside(self.people[at], DAY + timedelta(2), systolic=other)
        findings = self.found("clinic_differs")
        self.assertEqual(findings.evidence_ids.visit_id.resident_id, self.people[:2])

    def test_clinic_differs_in_sugar(self):
        for at, name, own, other, later in (
            (0, "fasting_glucose", 6.1, 9.4, 3), (1, "fasting_glucose", 6.1, 7.2, 3),
            (2, "fasting_glucose", 6.1, 9.4, 9),
            (3, "hba1c", 6.2, 8.5, 40), (4, "hba1c", 6.2, 7.1, 40), (5, "hba1c", 6.2, 8.5, 70),
        ):  # fmt: skip
            self.put(self.people[at], DAY, code="diabetes", **{name: own})
            self.put_outside(self.people[at], DAY + timedelta(later), **{name: other})
        findings = self.found("clinic_differs")
        self.assertEqual(findings.evidence_ids.visit_id.resident_id, self.people[0] | self.people[3])

    def unit(self, code, bad, good, number=40):
        """A unit whose records are like `bad`; and another, whose are like `good`, that is not found."""
        limits = {"least": number}
        self.limits(code, **limits)
        other = self.env["bphs.worker"].create(
            {
                "name": "李医生",
                "profession": "village_doctor",
                "institution_id": self.clinic_a2.id,
                "since": "2020-01-01",
            }
        )
        for at in range(number):
            one, day = self.people[at % 12], DAY + timedelta(at % 40)
            self.put(one, day, **bad(at))
            self.put(one, day, institution_id=self.clinic_a2.id, worker_id=other.id, **good(at))
        findings = self.found(code)
        self.assertEqual((len(findings), findings.institution_id, findings.worker_id), (1, self.clinic_a1, self.worker))
        self.assertTrue(findings.evidence_ids)
        self.assertFalse(findings.hard)
        # One record fewer than at least says nothing.
        findings.evidence_ids.sudo()._write({"sampled": False})
        self.limits(code, least=number + 1)
        seen = findings.write_date
        self.found(code)
        self.assertEqual(findings.write_date, seen)

    def test_last_digit(self):
        self.unit("last_digit", lambda at: {"systolic": 120 + 5 * (at % 4)}, lambda at: {"systolic": 117 + at % 21})

    def test_fudging(self):
        # So many that chance does not explain it, whatever else the county has.
        self.unit("fudging", lambda at: {"systolic": 130 + at % 10}, lambda at: {"systolic": 130 + at % 20}, 80)

    def test_control_high(self):
        self.unit(
            "control_high",
            lambda _at: {"result": "satisfied"},
            lambda at: {"result": "uncontrolled" if at % 5 == 0 else "satisfied"},
            80,
        )

    def test_control_rise(self):
        for at in range(40):
            for clinic, worker in ((self.clinic_a1, self.worker),):
                self.put(self.people[at % 12], date(2024, 11, 1) + timedelta(at), institution_id=clinic.id,
                         worker_id=worker.id, result="uncontrolled" if at % 2 else "satisfied")  # fmt: skip
        self.unit(
            "control_rise",
            lambda at: {"result": "uncontrolled" if at % 4 == 0 else "satisfied"},
            lambda _at: {"result": "satisfied"},
        )

    def test_no_device(self):
        colleague = self.env["bphs.worker"].create(
            {
                "name": "赵医生",
                "profession": "village_doctor",
                "institution_id": self.clinic_a1.id,
                "since": "2020-01-01",
            }
        )
        self.put(self.people[0], DAY, systolic=131, source="device", worker_id=colleague.id)
        self.unit("no_device", lambda at: {"systolic": 131 + at % 9}, lambda at: {"systolic": 131 + at % 9})

    def hide(self, *people):
        for one in people:
            one.group_ids = [Command.create({"kind": "smi", "date_from": DAY})]
        self.env.flush_all()

    def test_figures_of_units_are_of_records_that_everybody_sees(self):
        """Whoever counts the list beside the figure would find how many records of a doctor are hidden from them."""
        self.hide(self.people[0])
        for at in range(48):
            self.put(self.people[at % 12], date(2025, 1, 6) + timedelta(at), systolic=120 + 5 * (at % 4))
        doubt = self.found("last_digit")
        self.assertEqual((doubt.seen, doubt.evidence_count), ("44/44 = 100.0%", 44))
        seen = self.as_user("township_public_health_a", "bphs.visit").search_count([("systolic", ">", 0)])
        self.assertEqual(seen, 44)

    def test_a_number_reached_by_hidden_records_is_theirs(self):
        """A doubt of fewer records than its limit asks for would tell that there are more."""
        self.hide(*self.people[4:6])
        moment = datetime(2025, 2, 10, 3, 15)
        records = [
            self.put(one, DAY, create_date=moment + timedelta(seconds=at)) for at, one in enumerate(self.people[:6])
        ]
        doubt = self.found("at_once")
        self.assertEqual(set(doubt.evidence_ids.visit_id.ids), set(records[4:]))
        officer = self.as_user("township_public_health_a", self.Finding)
        self.assertFalse(officer.search([("id", "=", doubt.id)]))
        self.assertFalse(self.env["bphs.institution"]._abnormal_counts(self.q1.date_start, self.q1.date_end))
        more = [self.put(one, DAY, create_date=moment + timedelta(seconds=30)) for one in self.people[6:8]]
        self.found("at_once")
        self.assertEqual(doubt.evidence_ids.visit_id, self.env["bphs.visit"].browse(records + more))
        self.assertEqual(officer.browse(doubt.id).evidence_count, 6)

    def test_every_check_has_its_test(self):
        self.assertEqual({f"test_{code}" for code in self.check} - set(dir(self)), set())

    def test_found_again_it_is_the_same(self):
        self.died()
        self.put(self.people[0], DAY + timedelta(1))
        first = self.found("after_death")
        self.put(self.people[0], DAY + timedelta(2))
        again = self.found("after_death")
        self.assertEqual((again, again.evidence_count, again.seen), (first, 2, "2"))
        self.as_user("township_public_health_a", first).action_sample()
        self.put(self.people[0], DAY + timedelta(3))
        self.found("after_death")
        self.assertEqual(first.evidence_count, 2, "what is looked into stays as it was drawn")
