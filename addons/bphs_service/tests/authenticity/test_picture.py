from datetime import date, timedelta

from odoo.tests import tagged

from odoo.addons.bphs_base.tests.home import check_page

from .common import DoubtCase

DAY = date(2025, 2, 10)


@tagged("post_install", "-at_install")
class TestPicture(DoubtCase):
    """Control, devices and completeness of a quarter by place, the doubts beside; what was not true is put right."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for at, one in enumerate(cls.people):
            good = at % 4 != 0
            values = {"systolic": 118 + 3 * at, "diastolic": 78, "adherence": "regular", "is_complete": at % 3 != 0}
            visit = cls.put(one, DAY + timedelta(at), result="satisfied" if good else "uncontrolled",
                            source="device" if at < 6 else "entered", **values)  # fmt: skip
            if at < 9:
                cls.env.cr.execute(
                    "INSERT INTO bphs_visit_medicine (visit_id, name, kind) VALUES (%s, '氨氯地平', 'oral')", [visit]
                )
        cls.put(cls.people[0], date(2024, 11, 4), systolic=150, diastolic=90, result="uncontrolled")
        cls.put(cls.people[0], DAY, "diabetes", fasting_glucose=6.1, result="satisfied", adherence="none")
        cls.put(cls.people[0], DAY, "smi", is_complete=False, sensitive=True)
        cls.died = cls.put(cls.people[1], DAY + timedelta(40), systolic=131, diastolic=79)
        cls.env.flush_all()
        cls.env.cr.execute(
            "UPDATE bphs_resident SET status = 'died', status_date = %s WHERE id = %s",
            [DAY + timedelta(30), cls.people[1].id],
        )

    def picture(self, key="township_public_health_a", *asked):
        self.env.invalidate_all()
        return self.as_user(key, self.Finding).picture(self.q1.id, *asked)

    def rates(self, place):
        return {name: (rate["part"], rate["whole"], rate["shown"]) for name, rate in place["rates"].items()}

    def test_rates_with_both_numbers_and_the_doubts_beside(self):
        self.found("after_death")
        (place,) = self.picture()["places"]
        self.assertEqual((place["id"], place["hard"], place["soft"], place["untrue"]), (self.clinic_a1.id, 1, 0, 0))
        self.assertEqual(
            self.rates(place),
            {
                "hypertension": (9, 12, "75.0%"),
                "hypertension_before": (0, 1, "0.0%"),
                "diabetes": (1, 1, "100.0%"),
                "diabetes_before": (0, 0, "—"),
                "device": (6, 13, "46.2%"),
                "complete": (10, 14, "71.4%"),
                "medicines": (9, 12, "75.0%"),
            },
        )

    def test_files_for_named_persons_are_in_no_picture(self):
        self.env["bphs.resident.group"].create(
            {"resident_id": self.people[0].id, "kind": "smi", "date_from": date(2024, 1, 1)}
        )
        (place,) = self.picture()["places"]
        self.assertEqual(self.rates(place)["hypertension"][:2], (9, 11))
        self.assertEqual(self.rates(place)["diabetes"][:2], (0, 0))

    def test_doubts_for_named_persons_are_in_no_picture(self):
        """Beside the list of doubts, one that is not in it would stand out by the number."""
        self.found("after_death")
        self.env["bphs.resident.group"].create(
            {"resident_id": self.people[1].id, "kind": "tb", "date_from": date(2024, 1, 1)}
        )
        (place,) = self.picture()["places"]
        listed = self.as_user("township_public_health_a", self.Finding).search_count([])
        self.assertEqual((listed, place["hard"], place["soft"], place["untrue"]), (0, 0, 0, 0))

    def test_the_county_by_township(self):
        page = self.picture("primary_care_officer")
        self.assertEqual([(one["id"], one["is_township"]) for one in page["places"]], [(self.township_a.id, True)])
        within = self.picture("primary_care_officer", self.township_a.id)
        self.assertEqual([one["id"] for one in within["places"]], [self.clinic_a1.id])
        self.assertFalse(self.picture("township_public_health_b")["places"])
        self.assertFalse(self.picture("township_public_health_b", self.township_a.id)["places"])
        with self.no_right("read", "bphs.authenticity.finding"):
            self.picture("village_doctor_a1")

    def test_the_doubts_beside_open_to_their_list(self):
        self.found()
        officer = self.as_user("township_public_health_a", self.Finding)
        (place,) = self.picture()["places"]
        action = officer.picture_doubts(self.q1.id, place["id"], place["is_township"])
        listed = officer.search(action["domain"])
        self.assertEqual(len(listed), place["hard"] + place["soft"])
        (township,) = self.picture("primary_care_officer")["places"]
        action = officer.picture_doubts(self.q1.id, township["id"], True)
        self.assertEqual(officer.search(action["domain"]), listed)

    def test_one_statement_whatever_there_is(self):
        officer = self.as_user("township_public_health_a", self.Finding)
        officer.picture(self.q1.id)
        self.env.flush_all()
        self.env.invalidate_all()
        with self.assertQueryCount(10):
            officer.picture(self.q1.id)

    def test_the_first_page_of_whoever_looks_into_doubts(self):
        self.found("after_death")
        page = check_page(self, self.env(user=self.user["township_public_health_a"]))
        (card,) = [card for card in page["cards"] if card["key"] == "doubts"]
        self.assertEqual([line["figure"] for line in card["lines"]], ["1", "0", "0", "0", "0"])
        page = check_page(self, self.env(user=self.user["village_doctor_a1"]))
        self.assertFalse([card for card in page["cards"] if card["key"] == "doubts"])

    def test_what_was_not_true_becomes_a_problem_once(self):
        doubt = self.found("after_death")
        officer, section = (self.as_user(key, doubt) for key in ("township_public_health_a", "primary_care_officer"))
        with self.refused("nothing of it was verified as not true"):
            section.action_register_problem()
        officer.action_sample()
        self.as_user("township_public_health_a", doubt.evidence_ids).write({"verdict": "false", "how": "records"})
        officer.action_verify()
        with self.no_right("create", "bphs.problem"):
            officer.action_register_problem()
        action = section.action_register_problem()
        self.assertEqual(section.action_register_problem()["res_id"], action["res_id"], "pressed again it is the same")
        problem = self.env["bphs.problem"].browse(action["res_id"])
        self.assertEqual((problem.source, problem.period_id), ("data_check", self.q1))
        self.assertEqual(problem.line_ids.institution_id, self.clinic_a1)
        self.assertIn("王医生", problem.line_ids.detail)
        self.assertNotIn(self.people[1].name, f"{problem.name}{problem.line_ids.detail}", "it names nobody served")
        (place,) = self.picture()["places"]
        self.assertEqual((place["hard"], place["untrue"]), (0, 1))
