from odoo import api, fields, models

from odoo.addons.bphs_base.models.mixins.bphs_steps_mixin import ANYBODY, NameList

from ...tools import forms
from .bphs_visit import TOKEN, WRITTEN

RESULTS = [
    ("satisfied", "Controlled"),
    ("uncontrolled", "Not Controlled"),
    ("reaction", "Drug Reaction"),
    ("complication", "Complication"),
]
ADHERENCE = [("regular", "Regular"), ("irregular", "Irregular"), ("none", "Takes None")]
HYPOGLYCAEMIA = [("none", "None"), ("sometimes", "Sometimes"), ("often", "Often")]
YES_NO = [("no", "No"), ("yes", "Yes")]
SMI_CLASSES = [("unstable", "Unstable"), ("nearly", "Nearly Stable"), ("stable", "Stable")]
RISKS = [(str(number), f"{number}") for number in range(6)]
MEASURED = (
    *("systolic", "diastolic", "heart_rate", "weight", "height", "waist", "fasting_glucose", "postprandial_glucose"),
    *("random_glucose", "hba1c", "hemoglobin", "mmse_total", "weeks"),
)
CHOSEN = ("result", "adherence", "drug_reaction", "hypoglycaemia", "smi_class", "risk_level", "referred")
COLUMNS = (*MEASURED, "hba1c_on", *CHOSEN, "next_on")
# A zero in these is an answer.
MAY_BE_ZERO = {"mmse_total"}
FORM = (*WRITTEN, *COLUMNS)


class BphsVisit(models.Model):
    """The answers of a record: in columns what rules, lists and figures read, as properties the rest of the form."""

    _inherit = "bphs.visit"
    _writable = {"draft": {ANYBODY: FORM}, "done": {}, "voided": {}}
    _given_at_creation = (*FORM, "resident_id", "template_id", "institution_id", "source", TOKEN)

    answers = fields.Properties(definition="template_id.definition", copy=False)
    systolic = fields.Integer(aggregator="avg", help="mmHg")
    diastolic = fields.Integer(aggregator="avg", help="mmHg")
    heart_rate = fields.Integer(aggregator="avg", help="Beats a minute.")
    weight = fields.Float(digits=(5, 1), aggregator=None, help="kg")
    height = fields.Float(digits=(5, 1), aggregator=None, help="cm")
    waist = fields.Float(digits=(5, 1), aggregator=None, help="cm")
    bmi = fields.Float(string="BMI", digits=(4, 1), compute="_compute_bmi")
    fasting_glucose = fields.Float(digits=(5, 2), aggregator=None, help="mmol/L")
    postprandial_glucose = fields.Float(string="Glucose After Meals", digits=(5, 2), aggregator=None, help="mmol/L")
    random_glucose = fields.Float(digits=(5, 2), aggregator=None, help="mmol/L")
    hba1c = fields.Float(string="HbA1c", digits=(4, 1), aggregator=None, help="Per cent.")
    hba1c_on = fields.Date(string="HbA1c On")
    hemoglobin = fields.Float(string="Haemoglobin", digits=(5, 1), aggregator=None, help="g/L")
    mmse_total = fields.Integer(string="MMSE Total", aggregator=None)
    weeks = fields.Integer(string="Weeks of Pregnancy", aggregator=None)
    result = fields.Selection(RESULTS, string="Class of the Visit")
    adherence = fields.Selection(ADHERENCE)
    drug_reaction = fields.Selection(YES_NO)
    hypoglycaemia = fields.Selection(HYPOGLYCAEMIA)
    smi_class = fields.Selection(SMI_CLASSES, string="Class of Stability")
    risk_level = fields.Selection(RISKS, string="Risk")
    referred = fields.Selection(YES_NO)
    next_on = fields.Date()
    medicine_ids = fields.One2many("bphs.visit.medicine", "visit_id", string="Medicines")

    asked_columns = NameList(compute="_compute_asked_columns")
    is_complete = fields.Boolean(string="Complete", compute="_compute_missing", store=True)
    missing = fields.Char(string="Missing (codes)", compute="_compute_missing", store=True)
    missing_words = fields.Char(string="Missing", compute="_compute_words")
    odd_words = fields.Char(string="Look Again", compute="_compute_words", help="Numbers outside what is plausible.")

    # === COMPUTE METHODS === #

    @api.depends("weight", "height")
    def _compute_bmi(self):
        for visit in self:
            metres = visit.height / 100
            visit.bmi = round(visit.weight / metres**2, 1) if metres and visit.weight else 0

    @api.depends("template_id")
    def _compute_asked_columns(self):
        for visit in self:
            visit.asked_columns = sorted(set(visit.template_id.question_ids.mapped("code")) & self._form_columns())

    @api.depends("template_id", "answers", *COLUMNS)
    def _compute_missing(self):
        for visit in self:
            missing = forms.missing(visit.template_id._questions(), visit._answers())
            visit.missing = ",".join(missing)
            visit.is_complete = not missing

    @api.depends("missing")
    def _compute_words(self):
        for visit in self:
            names = {question.code: question.name for question in visit.template_id.question_ids}
            odd = forms.implausible(visit.template_id._questions(), visit._answers())
            visit.missing_words = "、".join(names[code] for code in (visit.missing or "").split(",") if code in names)
            visit.odd_words = "、".join(names[code] for code in odd)

    # === HELPERS === #

    @api.model
    def _form_columns(self):
        """:return set: the columns of a visit that answer the question of the same code"""
        return set(COLUMNS)

    def _answers(self):
        """:return dict: code of a question -> its answer, wherever it stands; None where there is none"""
        self.ensure_one()
        columns = {name: self[name] or (0 if name in MAY_BE_ZERO else None) for name in COLUMNS}
        return {**self._properties(), **columns}

    def _properties(self):
        """:return dict: code of a question -> what is stored of its answer

        Read through the mapping that Odoo gives, a choice is its words, and each answer converts them all.
        """
        return self._fields["answers"].convert_to_export(self.answers, self) or {}
