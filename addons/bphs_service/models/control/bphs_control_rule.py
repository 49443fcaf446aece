from odoo import api, fields, models
from odoo.exceptions import ValidationError

from odoo.addons.bphs_base.tools.money import to_decimal

from ...tools import control

DISEASES = [("hypertension", "Hypertension"), ("diabetes", "Type 2 Diabetes"), (control.ANYBODY, "Anybody")]
MEASURES = [
    ("systolic", "Systolic"),
    ("diastolic", "Diastolic"),
    ("heart_rate", "Heart Rate"),
    ("fasting_glucose", "Fasting Glucose"),
    ("random_glucose", "Random Glucose"),
    ("postprandial_glucose", "Glucose After Meals"),
    ("hba1c", "HbA1c"),
    ("drug_reaction", "Drug Reaction (1: Yes)"),
]
BOUNDS = [(control.FROM, "From"), (control.UP_TO, "Up To")]
EFFECTS = [(control.UNCONTROLLED, "Not Controlled"), (control.REACTION, "Drug Reaction"), (control.DANGER, "Danger")]


class BphsControlRule(models.Model):
    """One rule of control: of whom, what is measured, from or up to which value, and what it then is."""

    _name = "bphs.control.rule"
    _description = "Rule of Control"
    _inherit = ["bphs.open.part.mixin"]
    _order = "ruleset_id, sequence, id"

    ruleset_id = fields.Many2one("bphs.control.ruleset", required=True, index=True, ondelete="cascade")
    sequence = fields.Integer(default=10)
    disease = fields.Selection(DISEASES, required=True)
    measure = fields.Selection(MEASURES, required=True)
    bound = fields.Selection(BOUNDS, required=True, default=control.FROM)
    value = fields.Float(digits=(6, 2), required=True, aggregator=None)
    effect = fields.Selection(EFFECTS, string="Then It Is", required=True, default=control.UNCONTROLLED)
    from_age = fields.Integer(aggregator=None)
    to_age = fields.Integer(aggregator=None, help="The last year of age; 0: without end.")

    @api.constrains("value", "from_age", "to_age")
    def _check_numbers(self):
        for rule in self:
            if rule.value <= 0:
                raise ValidationError(self.env._("A rule of control has a value above zero."))
            if rule.from_age < 0 or (rule.to_age and rule.to_age < rule.from_age):
                raise ValidationError(self.env._("Ages run from a first to a last one."))

    # === HELPERS === #

    def _check_open(self):
        self.ruleset_id._check_writable({"rule_ids"})

    def _core(self):
        self.ensure_one()
        value = to_decimal(self.value)
        return control.Rule(self.disease, self.measure, self.bound, value, self.effect, self.from_age, self.to_age)
