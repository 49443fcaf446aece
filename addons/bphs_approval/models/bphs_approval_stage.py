from decimal import Decimal

from odoo import fields, models

from ..tools.demands import StageRule, applies, demands_minutes

LEVELS = [
    ("own", "The document's institution"),
    ("township", "Its township"),
    ("county", "The county"),
]


class BphsApprovalStage(models.Model):
    """Stage (审批环节) of a flow: the role that decides, at which level, from which amount."""

    _name = "bphs.approval.stage"
    _inherit = ["bphs.approval.flow.tracked.mixin", "bphs.money.mixin"]
    _description = "Approval Stage"
    _order = "flow_id, sequence, id"

    _tracked_fields = (
        "flow_id",
        "sequence",
        "name",
        "group_id",
        "level",
        "external",
        "minutes_required",
        "minutes_from",
        "amount_from",
    )
    _relaxing_fields = ("minutes_required", "minutes_from", "amount_from")

    flow_id = fields.Many2one("bphs.approval.flow", required=True, index=True, ondelete="cascade")
    sequence = fields.Integer(default=10)
    name = fields.Char(required=True)
    group_id = fields.Many2one(
        "res.groups",
        string="Decided By",
        required=True,
        ondelete="restrict",
        domain=lambda self: [("privilege_id", "=", self.env.ref("bphs_base.res_groups_privilege_bphs").id)],
    )
    level = fields.Selection(LEVELS, required=True, default="county")
    external = fields.Boolean(
        help="Decided outside: the role records document number and scan; nobody outside signs in."
    )
    minutes_required = fields.Boolean(help="Approval states the number of the meeting's minutes.")
    minutes_from = fields.Monetary(string="Minutes from Amount")
    amount_from = fields.Monetary(string="Applies from Amount")

    _amounts_not_negative = models.Constraint(
        "CHECK(COALESCE(amount_from, 0) >= 0 AND COALESCE(minutes_from, 0) >= 0)",
        "An amount a stage applies from cannot be negative.",
    )

    def _tracked_flow(self):
        return self.flow_id

    def _rule(self):
        self.ensure_one()
        return StageRule(
            amount_from=Decimal(str(self.amount_from)),
            minutes_required=self.minutes_required,
            minutes_from=Decimal(str(self.minutes_from)),
        )

    def _applying(self, amount):
        """:param Decimal amount: yuan :return: the stages that apply, in order"""
        return self.sorted("sequence").filtered(lambda stage: applies(stage._rule(), amount))

    def _prepare_snapshot(self, request, amount):
        """:return: vals of the request's own copies of these stages, numbered from 1"""
        return [
            {
                "request_id": request.id,
                "sequence": number,
                "name": stage.name,
                "group_id": stage.group_id.id,
                "level": stage.level,
                "external": stage.external,
                "minutes_required": demands_minutes(stage._rule(), amount),
            }
            for number, stage in enumerate(self, 1)
        ]
