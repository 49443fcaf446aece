from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from odoo.addons.bphs_base.tools.money import to_decimal

from ..computing.bphs_indicator_value import OPERATORS

DECISIONS = [("inherit", "As the Region Above"), ("own", "Own Value"), ("none", "No Target")]


class BphsIndicatorTarget(models.Model):
    """A target of a region: as printed, or not stated until a person decides (年度目标)."""

    _name = "bphs.indicator.target"
    _description = "Target of a Region"
    _order = "table_id, sequence, id"

    table_id = fields.Many2one("bphs.indicator.target.table", required=True, index=True, ondelete="cascade")
    year = fields.Integer(related="table_id.year", store=True, aggregator=None)
    region = fields.Char(related="table_id.region", store=True)
    sequence = fields.Integer(default=100)
    dimension = fields.Char(help="First level of the table.")
    sub_dimension = fields.Char(string="Second Level")
    name = fields.Char(string="Indicator (as Printed)", required=True)
    code = fields.Char(string="Code of the Indicator", help="Whose values it is a target of.")
    shape = fields.Selection([("rate", "Rate"), ("count", "Count"), ("trend", "Trend")], required=True, default="rate")
    operator = fields.Selection(OPERATORS, required=True, default="≥")
    value = fields.Float(digits=(16, 4), aggregator=None)
    unit_words = fields.Char(string="Unit", default="%")
    printed = fields.Char(string="As Printed")
    stated = fields.Boolean(default=True)
    defect = fields.Char(string="What Is Wrong in the Source")
    decision = fields.Selection(DECISIONS, help="What holds where the source states nothing.")
    own_value = fields.Float(string="Own", digits=(16, 4), aggregator=None)
    reason = fields.Char()
    decided_by_id = fields.Many2one("res.users", readonly=True, copy=False, ondelete="restrict")
    decided_on = fields.Date(readonly=True, copy=False)
    holds = fields.Char(string="What Holds", compute="_compute_holds")

    _name_uniq = models.Constraint("UNIQUE(table_id, name)", "This indicator stands in the table already.")

    # === COMPUTE METHODS === #

    @api.depends("printed", "stated", "decision", "own_value", "value", "table_id.above_id.line_ids.printed")
    def _compute_holds(self):
        for target in self:
            held = target._held()
            target.holds = held._printed_words() if held else self.env._("not stated")

    def _printed_words(self):
        """:return str: the target as a table prints it, or the own value that was decided"""
        if not self.stated and self.decision == "own":
            operator = "" if self.operator == "=" else self.operator
            return f"{operator}{to_decimal(self.own_value).normalize():f}{self.unit_words or ''}"
        return self.printed or ""

    # === CONSTRAINTS === #

    @api.constrains("decision", "reason", "stated")
    def _check_decision(self):
        for target in self:
            if target.decision and target.stated:
                raise ValidationError(self.env._("%(name)s is stated: nothing is to decide.", name=target.name))
            if target.decision and not (target.reason or "").strip():
                raise ValidationError(self.env._("%(name)s: say on what ground it is decided.", name=target.name))

    # === CRUD METHODS === #

    def write(self, vals):
        if not self.env.su and self.filtered("printed") and vals.keys() & {"name", "printed", "value", "operator"}:
            raise UserError(self.env._("What a notice prints stays as printed."))
        result = super().write(vals)
        if "decision" in vals and not self.env.su:
            # sudo: who decided is set by the server alone
            self.sudo().write({"decided_by_id": self.env.uid, "decided_on": self._county_today()})
        return result

    # === HELPERS === #

    def _held(self):
        """:return: the row whose target holds: this one, or that of the region above; empty where none does"""
        if self.stated or self.decision == "own":
            return self
        if self.decision == "inherit":
            above = self.table_id.above_id.line_ids.filtered(lambda line: line.name == self.name)
            return above._held() if above else above
        return self.browse()

    def _number(self):
        """:return Decimal: the value that holds of this row"""
        return to_decimal(self.own_value if not self.stated else self.value)

    def _task_values(self, indicator, institution):
        """The task of an institution that is asked for what this row asks of its region."""
        held = self._held()
        number = held._number()
        if held.shape == "count" and held.unit_words == "万人":
            number *= 10000
        return {
            "institution_id": institution.id,
            "indicator_id": indicator.id,
            "operator": "≥" if held.operator == "=" else held.operator,
            "value": number,
        }
