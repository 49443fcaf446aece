from datetime import date, timedelta
from random import Random

from odoo.tests import tagged
from odoo.tools import SQL

from ...tools.earning import counting
from .common import EarningCase

FORMS = ("hypertension", "diabetes", "chronic", "elder_exam", "file_update", "smi")


@tagged("post_install", "-at_install")
class TestCounting(EarningCase):
    """The statement over a quarter says the same as the rule says of each record."""

    def random_records(self, number, seed):
        chance = Random(seed)  # noqa: S311 no secret hangs on it
        people = self.zhang | self.wang | self.zhao
        made = self.Visit.create(
            [
                {
                    "resident_id": chance.choice(people).id,
                    "template_id": self.form(chance.choice(FORMS)).id,
                    "done_on": date(2024, 12, 20) + timedelta(chance.randrange(100)),
                    "mode": chance.choice(["clinic", "home", "phone", "wechat"]),
                    "institution_id": chance.choice(self.clinics).id,
                    "systolic": chance.choice([0, 128, 151]),
                    "fasting_glucose": chance.choice([0, 6.1]),
                }
                for _each in range(number)
            ]
        )
        self.env.flush_all()
        rows = [(chance.choice(self.clinics.ids), chance.random(), chance.random(), one) for one in made.ids]
        for institution, state, other, id_ in rows:
            self.env.cr.execute(
                "UPDATE bphs_visit SET institution_id = %s, state = %s, is_complete = %s, period_closed = %s"
                " WHERE id = %s",
                [institution, "draft" if state < 0.1 else "done", other > 0.2, state > 0.92, id_],
            )
        self.env.invalidate_all()
        return made

    def told_by_sql(self):
        clauses, told = self.env["bphs.earning"]._told(self.q1.date_start, self.q1.date_end)
        query = SQL("%s SELECT id, item_id, verdict FROM (%s) t", clauses, told)
        return {(id_, item): verdict for id_, item, verdict in self.env.execute_query(query)}

    def test_both_say_the_same(self):
        for seed, way in enumerate([counting.FULL, counting.PART, counting.DEAREST]):
            with self.subTest(sharing=way):
                if way != counting.FULL:
                    self.sharing(way)
                made = self.random_records(150, seed)
                quarter = self.Visit.search(
                    [("done_on", ">=", self.q1.date_start), ("done_on", "<=", self.q1.date_end)]
                )
                self.assertTrue(made & quarter)
                told = self.told_by_sql()
                self.assertEqual(told, quarter._verdicts())
                self.assertGreater(len(set(told.values())), 5, "nearly every verdict is met")

    def sharing(self, way, percent=50):
        self.env.cr.execute("DELETE FROM bphs_earning_sharing")
        self.env.cr.execute(
            "INSERT INTO bphs_earning_sharing (way, percent, date_from) VALUES (%s, %s, '2025-01-01')", [way, percent]
        )
        self.env.invalidate_all()

    def test_a_record_verified_as_not_true_leaves_the_workload(self):
        visit = self.done(self.zhang, date(2025, 2, 3))
        key = (visit.id, self.item_htn.id)
        self.assertEqual(self.told_by_sql()[key], "counts")
        finding = self.env["bphs.authenticity.finding"].create(
            {
                "check_id": self.env["bphs.authenticity.check"].search([("code", "=", "at_night")]).id,
                "institution_id": self.clinic_a1.id,
                "date_from": self.q1.date_start,
                "date_to": self.q1.date_end,
                "key": "",
            }
        )
        evidence = self.env["bphs.authenticity.evidence"].create({"finding_id": finding.id, "visit_id": visit.id})
        officer = self.as_user("township_public_health_a", finding)
        officer.action_sample()
        self.as_user("township_public_health_a", evidence).verdict = "false"
        self.assertEqual(self.told_by_sql()[key], "counts", "not before it is verified")
        officer.action_verify()
        self.assertEqual(self.told_by_sql()[key], "false")
        self.assertIn("found not true", visit.counting_words)
        officer.action_reopen("复核")
        self.assertEqual(self.told_by_sql()[key], "counts")

    def test_one_contact_counts_for_each_item(self):
        visit = self.done(self.zhang, date(2025, 2, 3), "chronic", fasting_glucose=6.1)
        counts = self.env["bphs.earning"]._counts(self.q1, self.clinic_a1)
        for item in (self.item_htn, self.item_dm):
            self.assertEqual(counts[self.clinic_a1.id, item.id]["counts"], 1)
        self.assertEqual(visit.counting_words.count("counts"), 2)

    def test_an_institution_is_told_the_same_as_in_the_county(self):
        self.random_records(150, 9)
        whole = self.env["bphs.earning"]._counts(self.q1)
        for clinic in self.clinics:
            own = self.env["bphs.earning"]._counts(self.q1, clinic)
            self.assertEqual(own, {key: found for key, found in whole.items() if key[0] == clinic.id})
        self.assertTrue(whole)

    def test_a_record_after_its_quarter_was_closed_counts_nowhere(self):
        self.q1.action_lock("已结算")
        visit = self.done(self.zhang, date(2025, 2, 3))
        self.assertTrue(visit.period_closed)
        self.assertEqual(self.told_by_sql()[visit.id, self.item_htn.id], "closed")
        self.assertIn("after its quarter was closed", visit.counting_words)
        self.q1.action_unlock("更正")
        visit.action_reopen("更正")
        visit.action_complete()
        self.assertFalse(visit.period_closed)

    def test_rules_in_force_stay(self):
        rule = self.env["bphs.earning.rule"].search([("form_code", "=", "hypertension")])
        with self.refused("a rule in force is not changed"):
            rule.contact = "any"
        with self.refused("a rule in force is not changed"):
            rule.unlink()
        with self.refused("by another rule on these days already"):
            rule.copy({"date_from": date(2025, 5, 1)})
        with self.refused("is the code of no form"):
            rule.copy({"form_code": "nowhere", "date_from": date(2025, 5, 1)})
        rule.date_to = date(2025, 12, 31)
        later = rule.copy({"date_from": self.env.user._county_today() + timedelta(9), "date_to": False})
        later.contact = "any"
        later.unlink()

    def test_a_way_of_sharing_begins_later(self):
        sharing = self.env["bphs.earning.sharing"]
        with self.refused("What is in force is not changed"):
            sharing.create({"way": "dearest", "date_from": date(2025, 1, 1)})
        row = sharing.create({"way": "part", "date_from": self.env.user._county_today() + timedelta(1)})
        row.percent = 30
        self.assertEqual(sharing._on(row.date_from), ("part", 30))
        self.assertEqual(sharing._on(date(2025, 1, 1)), ("full", 100))
        row.unlink()
