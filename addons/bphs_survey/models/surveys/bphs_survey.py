from odoo import api, fields, models
from odoo.exceptions import ValidationError

from odoo.addons.bphs_base.models.mixins.bphs_steps_mixin import ANYBODY
from odoo.addons.bphs_base.tools.steps import Step
from odoo.addons.bphs_evaluation.tools.roles import OWNERS

STATES = [("draft", "To Issue"), ("running", "Asking"), ("closed", "Closed")]
STEPS = {
    "issue": Step(("draft",), "running", roles=OWNERS),
    "close": Step(("running",), "closed", roles=OWNERS),
}
PLAN = (
    "name",
    "evaluation_id",
    "questionnaire_id",
    "sample_id",
    "is_open",
    "date_end",
    "aware_least",
    "least_seconds",
    "before_valid",
    "before_aware",
    "before_satisfied",
    "before_source",
)


class BphsSurvey(models.Model):
    """A survey of residents in a round of evaluation (问卷调查): who is asked what until when, and what came of it.

    Who is asked was drawn for the round: of each person the survey knows the opaque reference that the sample knows,
    and a code by which they answer once. An answer keeps neither: nobody of the management wing learns who said what.
    """

    _name = "bphs.survey"
    _description = "Survey of Residents"
    _inherit = ["bphs.steps.mixin", "bphs.print.mixin", "bphs.scope.mixin"]
    _order = "id desc"
    _steps = STEPS
    _step_sets = ("issued_on", "issued_by_id", "closed_on", "closed_by_id")
    _steps_follow = ("institution_id",)
    _writable = {"draft": {ANYBODY: PLAN}, "running": {ANYBODY: ("date_end",)}}
    _given_at_creation = PLAN

    name = fields.Char(string="Survey", required=True)
    evaluation_id = fields.Many2one("bphs.evaluation", string="Round", required=True, index=True, ondelete="restrict")
    institution_id = fields.Many2one(
        related="evaluation_id.institution_id", store=True, precompute=True, string="Organised By"
    )
    period_id = fields.Many2one(related="evaluation_id.period_id", store=True, precompute=True, index=True)
    questionnaire_id = fields.Many2one(
        "survey.survey",
        required=True,
        index=True,
        ondelete="restrict",
        default=lambda self: self._default_questionnaire(),
    )
    sample_id = fields.Many2one(
        "bphs.evaluation.sample",
        string="People Asked",
        index="btree_not_null",
        ondelete="restrict",
        domain="[('evaluation_id', '=', evaluation_id), ('state', '!=', 'draft')]",
        help="The sample whose people are asked: each gets a code of their own and answers once.",
    )
    is_open = fields.Boolean(
        string="Open to Everybody",
        help="Each unit has a code besides that anybody may answer by. A phone answers once; a person is not known.",
    )
    date_end = fields.Date(string="Answers Until", help="The last day on which answers are taken.")
    aware_least = fields.Integer(
        string="Aware From",
        default=3,
        required=True,
        help="Of how many questions on awareness the answer must be right.",
    )
    least_seconds = fields.Integer(default=15, required=True, help="Whoever is quicker has not read the questions.")
    before_valid = fields.Integer(string="Valid Before", aggregator=None)
    before_aware = fields.Integer(string="Aware Before", aggregator=None)
    before_satisfied = fields.Integer(string="Satisfied Before", aggregator=None)
    before_source = fields.Char(
        string="Taken From", help="Which document says so; for a survey that was not made with this system."
    )
    state = fields.Selection(STATES, required=True, readonly=True, default="draft", copy=False, index=True)
    issued_on = fields.Date(readonly=True, copy=False)
    issued_by_id = fields.Many2one("res.users", readonly=True, copy=False, ondelete="restrict")
    closed_on = fields.Date(readonly=True, copy=False)
    closed_by_id = fields.Many2one("res.users", readonly=True, copy=False, ondelete="restrict")
    unit_ids = fields.One2many("bphs.survey.unit", "survey_id", string="Units", readonly=True)
    invitation_ids = fields.One2many("bphs.survey.invitation", "survey_id", string="Codes", readonly=True)
    answer_ids = fields.One2many("bphs.survey.answer", "survey_id", string="Answers", readonly=True)

    _aware_positive = models.Constraint("CHECK(aware_least > 0)", "At least one question on awareness is right.")
    _seconds_range = models.Constraint(
        "CHECK(least_seconds BETWEEN 0 AND 600)", "The least time lies between 0 and 600 seconds."
    )
    _before_range = models.Constraint(
        "CHECK(before_aware BETWEEN 0 AND before_valid AND before_satisfied BETWEEN 0 AND before_valid)",
        "Not more were aware or satisfied before than answered.",
    )

    @api.constrains("sample_id", "evaluation_id")
    def _check_sample(self):
        for survey in self:
            if survey.sample_id and survey.sample_id.evaluation_id != survey.evaluation_id:
                raise ValidationError(self.env._("%(sample)s belongs to another round.", sample=survey.sample_id.name))

    # Whatever the context says: a client can set the flag that skips checks meant for uninstalling.
    @api.ondelete(at_uninstall=True)
    def _unlink_except_draft(self):
        self._check_in_state(("draft",))

    def _default_questionnaire(self):
        return self.env.ref("bphs_survey.questionnaire_residents", raise_if_not_found=False)

    def _step_words(self):
        return super()._step_words() | {
            "role": self.env._("A survey is issued and closed by who runs the round."),
            "closed": self.env._('%(name)s is "%(state)s": "%(field)s" is fixed.'),
        }

    def _may_take(self, step):
        # The bureau's round is the section's, a township's that of the township.
        if step.roles and self.evaluation_id.level == "county" and not self.env.user._holds_role(OWNERS[:1]):
            return False
        return super()._may_take(step)
