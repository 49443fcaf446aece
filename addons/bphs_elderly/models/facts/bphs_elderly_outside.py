from odoo import api, fields, models
from odoo.exceptions import ValidationError

from odoo.addons.bphs_base.models.mixins.bphs_steps_mixin import ANYBODY
from odoo.addons.bphs_base.tools.replay_reader import ReplayError
from odoo.addons.bphs_service.models.facts.bphs_dated_fact_mixin import GIVEN, SOURCES, STATES

from ...tools.grading.needs import NAMED_FACTS
from ...tools.grading.rules import CONTROLS
from ...tools.grading.ruleset_document import read_value

EXAM = "exam"
DISEASES = ("hypertension", "diabetes", "copd")
KINDS = [
    (EXAM, "Health Examination"),
    ("adl_score", "Self-Care Score"),
    ("sbp", "Systolic Pressure"),
    ("dbp", "Diastolic Pressure"),
    ("fasting_glucose", "Fasting Glucose"),
    ("hba1c", "HbA1c"),
    ("bmi", "Body Mass Index"),
    ("gold_stage", "GOLD Stage"),
    ("long_term_drugs", "Long-Term Drugs"),
    ("cognition_screen", "Cognition Screen"),
    ("mood_screen", "Mood Screen"),
    ("smi_risk", "Risk Level of Mental Illness"),
    ("smi_state", "State of Mental Illness"),
    ("hypertension", "Control of Hypertension"),
    ("diabetes", "Control of Diabetes"),
    ("copd", "Control of COPD"),
]
WRITTEN = ("place", "note")


class BphsElderlyOutside(models.Model):
    """A value or an examination that was made elsewhere and accepted here: a hospital's report, a list of scores."""

    _name = "bphs.elderly.outside"
    _description = "Accepted Outside Result"
    _inherit = ["bphs.dated.fact.mixin"]
    _order = "measured_on desc, id desc"
    _writable = {"recorded": {ANYBODY: WRITTEN}, "voided": {}}
    _given_at_creation = (*GIVEN, *WRITTEN, "measured_on", "value")

    kind = fields.Selection(KINDS)
    # Said here, so that this module has their words too: those of a mixin stay with the module it stands in.
    state = fields.Selection(STATES, required=True, readonly=True, default="recorded", copy=False)
    source = fields.Selection(SOURCES, required=True, readonly=True, default="entered")
    measured_on = fields.Date(string="Day", required=True, default=lambda self: self._county_today())
    value = fields.Char(size=20, help="A number; or positive, negative; controlled, uncontrolled. Of an exam: empty.")
    place = fields.Char(string="Made At", size=100)
    sensitive = fields.Boolean(compute="_compute_sensitive", store=True, precompute=True)

    _set_index = models.Index("(resident_id, kind, measured_on) WHERE state = 'recorded'")

    # === COMPUTE METHODS === #

    @api.depends("kind")
    def _compute_sensitive(self):
        for result in self:
            result.sensitive = result.kind in NAMED_FACTS

    # === CONSTRAINTS === #

    @api.constrains("resident_id", "measured_on")
    def _check_measured_on(self):
        self._check_days("measured_on")

    @api.constrains("kind", "value")
    def _check_value(self):
        for result in self:
            wrong = self.env._("%(value)s is no value of this kind.", value=result.value or "—")
            if result.kind == EXAM:
                if result.value:
                    raise ValidationError(wrong)
            elif result.kind in DISEASES:
                if result.value not in CONTROLS:
                    raise ValidationError(wrong)
            else:
                try:
                    read_value(result.kind, result.value or "", "value")
                except ReplayError as error:
                    raise ValidationError(wrong) from error

    # === HELPERS === #

    def _stay_behind(self, name, survivor):
        return self.browse()
