from psycopg2.errors import CheckViolation

from odoo import Command
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from .common import RulesetCase


@tagged("post_install", "-at_install")
class TestRulesetConditions(RulesetCase):
    """Conditions as a doctor fills them in and reads them."""

    def says(self, **vals):
        condition = self.as_user("primary_care_officer", self.env["bphs.elderly.condition"]).create(
            {"rule_id": self.rule.id, **vals}
        )
        return condition.says

    def test_each_kind_reads_as_a_sentence(self):
        self.assertEqual(self.says(fact="age", operator=">=", value="80"), "Age ≥ 80")
        self.assertEqual(
            self.says(fact="bmi", operator="<", value="18.5", months=12), "Body Mass Index < 18.5 (within 12 months)"
        )
        self.assertEqual(
            self.says(fact="mood_screen", word="positive", months=12), "Mood Screen Positive (within 12 months)"
        )
        self.assertEqual(self.says(fact="exam", months=12), "Health Examination (within 12 months)")
        self.assertEqual(self.says(fact="condition", codes=["copd"]), "慢阻肺")
        self.assertEqual(self.says(fact="condition", codes=["copd", "ckd"]), "any of: 慢阻肺、慢性肾病")
        self.assertEqual(
            self.says(fact="condition", codes=["copd", "ckd"], at_least=2), "at least 2 of: 慢阻肺、慢性肾病"
        )
        self.assertEqual(self.says(fact="event", codes=["fall"], months=12), "跌倒 (within 12 months)")
        self.assertEqual(self.says(fact="event", codes=["fall"], months=6, older=True), "跌倒 longer than 6 months ago")
        self.assertEqual(
            self.says(fact="control", codes=["copd"], word="uncontrolled", last=2, months=12),
            "慢阻肺: the latest 2 assessments Not Controlled (within 12 months)",
        )
        self.assertEqual(
            self.says(fact="unsettled", codes=["copd"], months=6),
            "慢阻肺 without a satisfactory assessment (within 6 months)",
        )
        self.assertEqual(self.says(fact="manual", word="red"), "Decision of the Team Leader Red")

    def test_a_rule_reads_as_its_ways(self):
        self.says(fact="age", operator=">=", value="80")
        self.says(fact="finding", codes=["critical"], alternative=2)
        self.assertEqual(self.rule.reads, "Self-Care Score ≥ 9 (within 12 months) and Age ≥ 80\nor 危急异常未处理完")
        self.assertEqual(
            self.rule._document()["any"],
            [
                [
                    {"fact": "adl_score", "op": ">=", "value": "9", "months": 12},
                    {"fact": "age", "op": ">=", "value": "80"},
                ],
                [{"fact": "finding", "in": ["critical"]}],
            ],
        )

    def test_what_is_wrong_with_a_condition_is_said_at_once(self):
        for words, vals in (
            (("Age", "op"), {"fact": "age", "value": "80"}),
            (("Systolic", "months"), {"fact": "sbp", "operator": ">=", "value": "180"}),
            (("Systolic", "value"), {"fact": "sbp", "operator": ">=", "value": "一百八", "months": 6}),
            (("Mood", "is"), {"fact": "mood_screen", "word": "red", "months": 6}),
            (("Condition", "in"), {"fact": "condition"}),
            (("Age", "months"), {"fact": "age", "operator": ">=", "value": "80", "months": 6}),
            (("Health", "months"), {"fact": "exam", "months": 1201}),
        ):
            with self.refused("R01", *words, msg=vals):
                self.says(**vals)
        with self.refused("Needed for green", "in"):
            self.as_user("primary_care_officer", self.ruleset).gate_ids = [Command.create({"fact": "condition"})]

    def test_a_measurement_may_stand_alone_in_the_gate(self):
        section = self.as_user("primary_care_officer", self.ruleset)
        section.gate_ids = [Command.create({"fact": "adl_score", "months": 12})]
        self.assertEqual(section._core().gate[1].kind, "present")
        with self.refused("R01", "op"):
            self.says(fact="adl_score", months=12)

    def test_codes_are_picked_on_the_form_and_keep_their_order(self):
        codes = self.env["bphs.elderly.code"]
        copd, ckd, fall = (codes.search([("code", "=", code)]) for code in ("copd", "ckd", "fall"))
        condition = self.as_user("primary_care_officer", self.env["bphs.elderly.condition"]).create(
            {"rule_id": self.rule.id, "fact": "condition", "code_ids": [Command.set((copd | ckd).ids)]}
        )
        self.assertEqual(condition.codes, ["copd", "ckd"])
        condition.codes = ["ckd", "copd"]
        condition.code_ids = [Command.link(codes.search([("code", "=", "smi")]).id)]
        self.assertEqual(condition.codes, ["ckd", "copd", "smi"])
        with Form(condition) as form:
            form.fact = "event"
            form.code_ids.add(fall)
            form.months = 6
        self.assertEqual((condition.codes, condition.months), (["fall"], 6))

    def test_codes_stay_and_names_change(self):
        code = self.as_user("county_specialist", self.env["bphs.elderly.code"]).search([("code", "=", "fall")])
        with self.refused("A code stays as it is"):
            code.code = "falls"
        code.name = "摔倒"
        self.assertEqual(self.says(fact="event", codes=["fall"], months=12), "摔倒 (within 12 months)")

    def test_a_condition_belongs_to_a_rule_or_to_the_gate(self):
        with mute_logger("odoo.sql_db"), self.refused("bphs_elderly_condition_stands_once", kind=CheckViolation):
            self.says(fact="exam", months=12, gate_of_id=self.ruleset.id)
            self.env.flush_all()
