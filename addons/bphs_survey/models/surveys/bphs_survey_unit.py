import secrets

from odoo import fields, models
from odoo.exceptions import AccessError, UserError

from odoo.addons.bphs_evaluation.tools.roles import EVALUATORS

# 128 bits: nobody comes to one by trying.
TOKEN_BYTES = 16


class BphsSurveyUnit(models.Model):
    """A unit in a survey: its rates, the code that is open to everybody, and the tablet that evaluators carry."""

    _name = "bphs.survey.unit"
    _description = "Unit of a Survey"
    _inherit = ["bphs.survey.counted.mixin", "bphs.print.mixin", "bphs.scope.mixin"]
    _order = "survey_id desc, unit_id"
    _rec_name = "unit_id"
    _counted_by = "survey_unit_id"

    survey_id = fields.Many2one("bphs.survey", required=True, readonly=True, index=True, ondelete="cascade")
    # Whose affair it is: a unit does not learn who is asked about it.
    institution_id = fields.Many2one(
        related="survey_id.institution_id", store=True, precompute=True, string="Organised By"
    )
    period_id = fields.Many2one(related="survey_id.period_id", store=True, precompute=True, index=True)
    unit_id = fields.Many2one("bphs.institution", required=True, readonly=True, index=True, ondelete="restrict")
    state = fields.Selection(related="survey_id.state")
    is_open = fields.Boolean(related="survey_id.is_open")
    open_token = fields.Char(
        compute="_compute_open_token", store=True, precompute=True, groups=fields.NO_ACCESS, copy=False
    )
    tablet_token = fields.Char(groups=fields.NO_ACCESS, readonly=True, copy=False)
    tablet_on = fields.Date(string="Tablet Opened On", readonly=True, copy=False)

    _unit_uniq = models.Constraint("UNIQUE(survey_id, unit_id)", "Each unit stands in a survey once.")
    _open_uniq = models.UniqueIndex("(open_token)", "Each code is one unit's.")
    _tablet_uniq = models.UniqueIndex("(tablet_token) WHERE tablet_token IS NOT NULL", "Each tablet is one unit's.")

    def _compute_open_token(self):
        # Drawn by the server with the row: no form is told of it, and no default makes it.
        for row in self:
            row.open_token = secrets.token_urlsafe(TOKEN_BYTES)

    def action_open_tablet(self):
        """Open the page on which evaluators let one resident after the other answer; its address holds today.

        :raise AccessError: no evaluator, or of the unit itself
        :raise UserError: the survey takes no answers
        """
        self.ensure_one()
        self._check_asks()
        if not self.survey_id._takes_answers():
            raise UserError(self.env._("%(survey)s takes no answers.", survey=self.survey_id.name))
        today = self._county_today()
        row = self.sudo()  # sudo: checked above; the address is made by this step alone
        if row.tablet_on != today or not row.tablet_token:
            row.write({"tablet_token": secrets.token_urlsafe(TOKEN_BYTES), "tablet_on": today})
        return {"type": "ir.actions.act_url", "url": f"/wj/{row.tablet_token}", "target": "new"}

    def _check_asks(self):
        """:raise AccessError: whoever asks is neither an evaluator nor who runs the round, or belongs to the unit"""
        self.check_access("read")
        user = self.env.user
        if not user._holds_role(EVALUATORS):
            raise AccessError(self.env._("Residents are asked by evaluators."))
        for row in self:
            if row.unit_id in user.bphs_institution_ids:
                raise AccessError(self.env._("%(unit)s does not ask about itself.", unit=row.unit_id.name))

    def _print_file(self, code, kind):
        self._check_asks()
        return super()._print_file(code, kind)
