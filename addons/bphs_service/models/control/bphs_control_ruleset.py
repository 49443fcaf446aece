from odoo import api, fields, models
from odoo.exceptions import ValidationError

from odoo.addons.bphs_base.models.mixins.bphs_steps_mixin import ANYBODY

from ...tools.screening import Terms

SCREENING = ("screen_from_age", "confirm_days", "confirm_within")
TYPED = ("name", "source", "recheck_days", "usual_months", "refer_after", "rule_ids", *SCREENING)


class BphsControlRuleset(models.Model):
    """By which values something is controlled, not controlled or dangerous, in versions (控制判定规则).

    What a record was judged by must be there to be read years later: a published version stays as it is.
    """

    _name = "bphs.control.ruleset"
    _description = "Rules of Control"
    _inherit = ["bphs.versioned.mixin"]
    _order = "version desc"
    _writable = {"draft": {ANYBODY: TYPED}, "published": {}}
    _given_at_creation = (*TYPED, "version")

    name = fields.Char(required=True, translate=True)
    source = fields.Text(translate=True, help="What it stands on: a specification, a guide, a notice.")
    recheck_days = fields.Integer(
        required=True, default=14, aggregator=None, help="Not controlled: seen again within so many days."
    )
    usual_months = fields.Integer(
        required=True, default=3, aggregator=None, help="Controlled: seen again within so many months."
    )
    refer_after = fields.Integer(
        required=True, default=2, aggregator=None, help="Not controlled so many times in a row: referred."
    )
    rule_ids = fields.One2many("bphs.control.rule", "ruleset_id", string="Rules", copy=True)
    screen_from_age = fields.Integer(
        string="Pressure Known From Age",
        required=True,
        default=35,
        aggregator=None,
        help="Whoever is that old and has no blood pressure on file is listed (specification: 35; WS/T 872: 18).",
    )
    confirm_days = fields.Integer(
        string="Abnormal Days That Confirm",
        required=True,
        default=3,
        aggregator=None,
        help="So many in a row speak for hypertension.",
    )
    confirm_within = fields.Integer(
        string="Within Days", required=True, default=0, aggregator=None, help="0: however long it takes."
    )

    _version_uniq = models.Constraint("UNIQUE(version)", "This version of the rules exists already.")
    _numbers_check = models.Constraint(
        "CHECK(recheck_days > 0 AND usual_months > 0 AND refer_after > 0)", "Days, months and times are at least one."
    )
    _screening_check = models.Constraint(
        "CHECK(screen_from_age BETWEEN 18 AND 100 AND confirm_days > 1 AND confirm_within >= 0)",
        "Blood pressure is looked for from 18 years of age on, and one abnormal day alone confirms nothing.",
    )

    # === COMPUTE METHODS === #

    @api.depends("name", "version")
    def _compute_display_name(self):
        for ruleset in self:
            ruleset.display_name = f"{ruleset.name} {ruleset.version}"

    # === ACTIONS === #

    def action_publish(self):
        """Put a version into force: what is entered from now on is judged by it.

        :raise ValidationError: there is no rule in it
        """
        self._check_step("publish")
        for ruleset in self:
            if not ruleset.rule_ids:
                raise ValidationError(self.env._("%(name)s has no rule yet.", name=ruleset.display_name))
        self._take_step("publish")

    # === HELPERS === #

    def _core(self):
        return [rule._core() for rule in self.rule_ids]

    def _terms(self):
        """What confirms a blood pressure that was too high, as the rules of screening read it."""
        self.ensure_one()
        return Terms(self.confirm_days, self.confirm_within, self.recheck_days)

    def _step_words(self):
        closed = self.env._('%(name)s is "%(state)s": records were judged by it. Begin a new version.')
        return super()._step_words() | {
            "role": self.env._("Rules of control are published by the section for primary care."),
            "state": closed,
            "closed": closed,
        }

    @api.model
    def _publish_shipped(self):
        """Publish the version that the module brings."""
        if not self._in_use():
            self.search([("state", "=", "draft")]).action_publish()
