import psycopg2

from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.bphs_base.tests.queries import QueriesMixin

from ..common import FundCase


@tagged("post_install", "-at_install")
class TestScore(QueriesMixin, FundCase):
    def create_score(self, key="primary_care_officer", **values):
        return self.as_user(key, "bphs.fund.score").create(
            {"institution_id": self.clinic_a1.id, "period_id": self.q1.id, "score": 92, **values}
        )

    def test_typed(self):
        score = self.create_score(source="evaluation")
        self.assertEqual(score.source, "typed")
        score.write({"score": 83.5, "source": "evaluation"})
        self.assertEqual((score.score, score.source), (83.5, "typed"))

    def test_bad_input(self):
        for values in (
            {"score": 100.01},
            {"score": -1},
            {"deduction": -1},
            {"deduction": 96},
            {"deduction": 96, "reason": "  "},
        ):
            with (
                self.subTest(values),
                self.assertRaises(psycopg2.errors.CheckViolation),
                mute_logger("odoo.sql_db"),
                self.cr.savepoint(),
            ):
                self.create_score(**values)
        self.create_score(deduction=96, reason="不真实")
        with (
            self.assertRaises(psycopg2.errors.UniqueViolation),
            mute_logger("odoo.sql_db"),
            self.cr.savepoint(),
        ):
            self.create_score()
        mch_year = self.env["bphs.period"].search([("kind", "=", "mch_year")], limit=1)
        with self.refused("is neither a quarter nor a budget year"):
            self.create_score(period_id=mch_year.id)

    def test_fixed_once_settled(self):
        score = self.create_score()
        self.env["bphs.fund.entry"]._post(
            [
                {
                    "budget_id": self.budget.id,
                    "kind": "settlement",
                    "institution_id": self.clinic_a1.id,
                    "period_id": self.q1.id,
                    "amount": 5,
                    "origin_model": "res.users",
                    "origin_id": 1,
                }
            ]
        )
        with self.assertRaisesRegex(UserError, "settled"), self.cr.savepoint():
            score.score = 60
        with self.refused("has been settled: its score is fixed. A settled"):
            score.unlink()
        other = self.create_score(period_id=self.q2.id)
        with self.refused("has been settled: its score is fixed. A settled"):
            other.period_id = self.q1

    def test_record_in_a_set(self):
        score = self.create_score()
        Score = self.as_user("primary_care_officer", "bphs.fund.score")
        rows = [
            {
                "institution_id": clinic.id,
                "period_id": self.q1.id,
                "score": 70 + index,
                "deduction": 0,
                "reason": False,
            }
            for index, clinic in enumerate((self.clinic_a1, self.clinic_a2))
        ]
        scores = Score._record(rows, "evaluation")
        self.assertEqual(len(scores), 2)
        self.assertEqual((score.score, score.source), (70, "evaluation"))
        self.assertEqual(Score._record(rows, "imported"), scores)
        with self.no_right("create", "bphs.fund.score"):
            self.as_user("finance_officer", "bphs.fund.score")._record(rows, "evaluation")

    def test_what_is_settled_is_asked_once_for_a_set(self):
        Score = self.as_user("primary_care_officer", "bphs.fund.score")
        clinics = (self.clinic_a1, self.clinic_a2, self.clinic_b1)
        rows = [
            {"institution_id": clinic.id, "period_id": self.q1.id, "score": 70, "deduction": 0, "reason": False}
            for clinic in clinics
        ]
        scores = Score._record(rows, "imported")

        def cost(number, score):
            return self.queries(lambda: Score._record([{**row, "score": score} for row in rows[:number]], "imported"))

        one, three = cost(1, 80), cost(3, 90)
        self.assertEqual(scores.mapped("score"), [90, 90, 90])
        self.assertLessEqual(three - one, 2, "a row more is one look at its period")

    def test_locked_period(self):
        score = self.create_score()
        self.q1.with_user(self.user["finance_officer"]).action_lock("关账")
        with self.refused("nothing may be added, changed or deleted. Ask"):
            score.score = 1
        with self.refused("nothing may be added, changed or deleted. Ask"):
            self.create_score(institution_id=self.clinic_a2.id)

    def test_rights(self):
        score = self.create_score()
        for key in (
            "finance_officer",
            "leader",
            "auditor",
            "township_director_a",
            "village_doctor_a1",
            "administrator",
        ):
            seen = score.with_user(self.user[key])
            with self.subTest(key):
                self.assertEqual(seen.score, 92)
                with self.no_right("write", "bphs.fund.score"):
                    seen.score = 100
                with self.no_right("create", "bphs.fund.score"):
                    self.create_score(key, institution_id=self.clinic_a1.id, period_id=self.q3.id)
        with self.denied("not within your scope"):
            score.with_user(self.user["village_doctor_a2"]).read(["score"])
