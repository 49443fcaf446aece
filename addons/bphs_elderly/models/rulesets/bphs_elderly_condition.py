from odoo import api, fields, models
from odoo.exceptions import ValidationError

from odoo.addons.bphs_base.tools.replay_reader import ReplayError

from ...tools.grading.ruleset_document import read_condition

FACTS = [
    ("age", "Age"),
    ("adl_score", "Self-Care Score"),
    ("sbp", "Systolic Pressure"),
    ("dbp", "Diastolic Pressure"),
    ("fasting_glucose", "Fasting Glucose"),
    ("hba1c", "HbA1c"),
    ("bmi", "Body Mass Index"),
    ("smi_risk", "Risk Level of Mental Illness"),
    ("gold_stage", "GOLD Stage"),
    ("long_term_drugs", "Long-Term Drugs"),
    ("cognition_screen", "Cognition Screen"),
    ("mood_screen", "Mood Screen"),
    ("smi_state", "State of Mental Illness"),
    ("exam", "Health Examination"),
    ("condition", "Condition"),
    ("social", "Social Fact"),
    ("finding", "Open Finding"),
    ("event", "Event"),
    ("control", "Control of a Disease"),
    ("unsettled", "Disease Not Settled"),
    ("manual", "Decision of the Team Leader"),
]
OPERATORS = [(">=", "≥"), (">", ">"), ("<=", "≤"), ("<", "<")]
WORDS = [
    ("positive", "Positive"),
    ("negative", "Negative"),
    ("unstable", "Unstable"),
    ("fairly_stable", "Fairly Stable"),
    ("stable", "Stable"),
    ("controlled", "Controlled"),
    ("uncontrolled", "Not Controlled"),
    ("red", "Red"),
    ("yellow", "Yellow"),
]
# Which list the codes of a fact come from.
CODE_KINDS = {
    "condition": "condition",
    "social": "social",
    "finding": "finding",
    "event": "event",
    "control": "condition",
    "unsettled": "condition",
}


class BphsElderlyCondition(models.Model):
    """A condition of a rule, or of what is needed for green: one row of the table, typed, never a formula."""

    _name = "bphs.elderly.condition"
    _description = "Condition of Grading"
    _inherit = ["bphs.draft.part.mixin"]
    _part_of = "ruleset_id"
    _order = "alternative, sequence, id"
    _rec_name = "says"

    gate_of_id = fields.Many2one("bphs.elderly.ruleset", index="btree_not_null", ondelete="cascade")
    rule_id = fields.Many2one("bphs.elderly.rule", index="btree_not_null", ondelete="cascade")
    ruleset_id = fields.Many2one(
        "bphs.elderly.ruleset", compute="_compute_ruleset_id", store=True, precompute=True, index=True
    )
    sequence = fields.Integer(default=100)
    alternative = fields.Integer(
        string="Way",
        default=1,
        required=True,
        aggregator=None,
        help="Conditions of one way must hold together; a rule hits when any one of its ways does.",
    )
    fact = fields.Selection(FACTS, required=True)
    operator = fields.Selection(OPERATORS)
    value = fields.Char()
    word = fields.Selection(WORDS, string="Is")
    older = fields.Boolean(string="Longer Ago", help="It happened, but not within so many months.")
    codes = fields.Json(readonly=False)
    code_kind = fields.Char(compute="_compute_code_kind")
    code_ids = fields.Many2many(
        "bphs.elderly.code", string="Any Of", compute="_compute_code_ids", inverse="_inverse_code_ids"
    )
    at_least = fields.Integer(string="How Many", aggregator=None, help="Different ones at once; empty: one.")
    last = fields.Integer(string="Latest in a Row", aggregator=None)
    months = fields.Integer(string="Within Months", aggregator=None)

    _stands_once = models.Constraint(
        "CHECK((gate_of_id IS NULL) <> (rule_id IS NULL))", "A condition belongs to a rule, or to what green needs."
    )

    # === COMPUTE METHODS === #

    @api.depends("gate_of_id", "rule_id.ruleset_id")
    def _compute_ruleset_id(self):
        for condition in self:
            condition.ruleset_id = condition.gate_of_id or condition.rule_id.ruleset_id

    @api.depends("fact")
    def _compute_code_kind(self):
        for condition in self:
            condition.code_kind = CODE_KINDS.get(condition.fact)

    @api.depends("codes", "fact")
    def _compute_code_ids(self):
        known = {(row.kind, row.code): row.id for row in self.env["bphs.elderly.code"].search([])}
        for condition in self:
            kind = CODE_KINDS.get(condition.fact)
            ids = [known[kind, code] for code in condition.codes or () if (kind, code) in known]
            condition.code_ids = self.env["bphs.elderly.code"].browse(ids)

    def _inverse_code_ids(self):
        for condition in self:
            chosen = condition.code_ids.mapped("code")
            # The first of them decides which disease is told, so that the order stays.
            kept = [code for code in condition.codes or () if code in chosen]
            condition.codes = kept + [code for code in chosen if code not in kept]

    @api.onchange("fact")
    def _onchange_fact(self):
        """Another fact is asked other things."""
        for name in ("operator", "value", "word", "older", "codes", "code_ids", "at_least", "last"):
            self[name] = False
        if self.fact in ("age", "manual", *{"condition", "social", "finding"}):
            self.months = 0

    # === CRUD METHODS === #

    @api.model_create_multi
    def create(self, vals_list):
        conditions = super().create(vals_list)
        # Not as a constraint: those run before the codes that were picked are written down.
        conditions._check_complete()
        return conditions

    def write(self, vals):
        done = super().write(vals)
        self._check_complete()
        return done

    def _wholes_named_by(self, vals_list):
        gates = {vals.get("gate_of_id") for vals in vals_list} - {None, False}
        rules = self.env["bphs.elderly.rule"].browse({vals.get("rule_id") for vals in vals_list} - {None, False})
        return self.env["bphs.elderly.ruleset"].browse(gates) | rules.ruleset_id

    # === HELPERS === #

    def _check_complete(self):
        """:raise ValidationError: names what is wrong with it"""
        for condition in self:
            try:
                read_condition(condition._document(), "", gate=bool(condition.gate_of_id))
            except ReplayError as error:
                raise ValidationError(
                    self.env._(
                        "%(rule)s, condition “%(fact)s”: %(problem)s",
                        rule=condition.rule_id.code or self.env._("Needed for green"),
                        fact=dict(self._fields["fact"]._description_selection(self.env))[condition.fact],
                        problem=error,
                    )
                ) from error

    def _document(self):
        """:return dict: the condition as JSON, with what was filled in"""
        months = "older_than_months" if self.older else "months"
        given = {
            "fact": self.fact,
            "in": self.codes,
            "at_least": self.at_least,
            "op": self.operator,
            "value": self.value,
            "last": self.last,
            "is": self.word,
            months: self.months,
        }
        return {key: value for key, value in given.items() if value}
