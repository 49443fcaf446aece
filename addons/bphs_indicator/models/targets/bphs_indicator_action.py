from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from odoo.addons.bphs_base.models.registers.bphs_institution import TOWNSHIP_KINDS

# A quarter's plan may be written until so many days after its last day: then its result stands.
OPEN_DAYS = 30


class BphsIndicatorAction(models.Model):
    """What a township does about an indicator in a quarter (行动计划): what, who, what is expected, what came of it."""

    _name = "bphs.indicator.action"
    _description = "Action Plan of an Indicator"
    _inherit = ["bphs.scope.mixin"]
    _order = "period_id desc, institution_id, code"

    institution_id = fields.Many2one(
        string="Township Institution",
        domain=lambda self: [("kind", "in", TOWNSHIP_KINDS)],
        default=lambda self: self.env.user.bphs_institution_ids.filtered(lambda one: one.kind in TOWNSHIP_KINDS)[:1],
    )
    period_id = fields.Many2one(
        "bphs.period",
        string="Quarter",
        required=True,
        index=True,
        ondelete="restrict",
        domain=[("kind", "=", "quarter")],
    )
    indicator_id = fields.Many2one(
        "bphs.indicator", required=True, index=True, ondelete="restrict", domain=[("state", "=", "published")]
    )
    code = fields.Char(related="indicator_id.code", store=True)
    what = fields.Char(string="What Is Done", required=True)
    who = fields.Char(required=True)
    expected = fields.Char(required=True)
    result = fields.Text(string="What Came of It")
    open_until = fields.Date(compute="_compute_open_until")

    @api.depends("institution_id", "indicator_id", "period_id")
    def _compute_display_name(self):
        for action in self:
            action.display_name = (
                f"{action.institution_id.name or ''} {action.period_id.display_name or ''}"
                f" {action.indicator_id.name or ''}".strip()
            )

    @api.depends("period_id.date_end")
    def _compute_open_until(self):
        for action in self:
            end = action.period_id.date_end
            action.open_until = end and fields.Date.add(end, days=OPEN_DAYS)

    @api.constrains("institution_id", "period_id")
    def _check_place(self):
        for action in self:
            if action.institution_id.kind not in TOWNSHIP_KINDS:
                raise ValidationError(self.env._("Action plans are those of townships."))
            if action.period_id.kind != "quarter":
                raise ValidationError(self.env._("An action plan is one of a quarter."))

    @api.model_create_multi
    def create(self, vals_list):
        actions = super().create(vals_list)
        actions._check_open()
        return actions

    def write(self, vals):
        self._check_open()
        result = super().write(vals)
        self._check_open()
        return result

    # Whatever the context says: a client can set the flag that skips checks meant for uninstalling.
    @api.ondelete(at_uninstall=True)
    def _unlink_except_closed(self):
        self._check_open()

    def _check_open(self):
        """:raise UserError: the days in which the quarter's plan is written are over"""
        today = self._county_today()
        for action in self:
            if action.open_until and action.open_until < today:
                raise UserError(
                    self.env._(
                        "%(name)s: it could be written until %(day)s.", name=action.display_name, day=action.open_until
                    )
                )
