from decimal import Decimal
from typing import NamedTuple

from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.bphs_base.tools.money import to_decimal

from ..computing.bphs_indicator_value import OPERATORS


class Target(NamedTuple):
    """What an institution is to reach."""

    operator: str
    value: Decimal
    inherited: bool


class BphsIndicatorTask(models.Model):
    """What one institution is to reach of one indicator in a year (绩效目标任务)."""

    _name = "bphs.indicator.task"
    _description = "Task of an Institution"
    _inherit = ["bphs.scope.mixin"]
    _order = "issue_id desc, indicator_id, institution_id"

    issue_id = fields.Many2one(
        "bphs.indicator.issue", string="Handed Down", required=True, index=True, ondelete="cascade"
    )
    state = fields.Selection(related="issue_id.state", store=True)
    year = fields.Integer(related="issue_id.year", store=True, aggregator=None)
    institution_id = fields.Many2one()
    indicator_id = fields.Many2one(
        "bphs.indicator", required=True, index=True, ondelete="restrict", domain=[("state", "=", "published")]
    )
    code = fields.Char(related="indicator_id.code", store=True, index=True)
    operator = fields.Selection(OPERATORS, required=True, default="≥")
    value = fields.Float(
        string="Target", digits=(16, 4), aggregator=None, help="Per cent of a rate, people of a count."
    )
    weight = fields.Integer(string="By", readonly=True, aggregator=None, help="What its share of the number follows.")
    received_by_id = fields.Many2one("res.users", readonly=True, copy=False, ondelete="restrict")
    received_on = fields.Date(readonly=True, copy=False)
    words = fields.Char(string="Target (Words)", compute="_compute_words")

    _once = models.Constraint(
        "UNIQUE(issue_id, institution_id, indicator_id)", "An institution has each indicator once."
    )
    _value_sign = models.Constraint("CHECK(value >= 0)", "A target is not below zero.")

    # === COMPUTE METHODS === #

    @api.depends("institution_id", "indicator_id")
    def _compute_display_name(self):
        for task in self:
            task.display_name = f"{task.institution_id.name or ''} {task.indicator_id.name or ''}".strip()

    @api.depends("operator", "value", "indicator_id")
    def _compute_words(self):
        labels = dict(self._fields["operator"]._description_selection(self.env))
        for task in self:
            number = f"{to_decimal(task.value).normalize():f}"
            unit = "%" if task.indicator_id.shape == "rate" else task.indicator_id.unit_words or ""
            trend = task.operator in ("increase", "decrease")
            task.words = labels[task.operator] if trend else f"{task.operator} {number}{unit}"

    # === CRUD METHODS === #

    @api.model_create_multi
    def create(self, vals_list):
        tasks = super().create(vals_list)
        tasks._check_draft()
        return tasks

    def write(self, vals):
        if not self.env.su:
            self._check_draft()
        result = super().write(vals)
        if not self.env.su:
            self._check_draft()
        return result

    # Whatever the context says: a client can set the flag that skips checks meant for uninstalling.
    @api.ondelete(at_uninstall=True)
    def _unlink_except_draft(self):
        self._check_draft()

    # === HELPERS === #

    def _is_own(self):
        """Whether the issuer set this target for itself: the bureau does, for its own come from above; a township is
        judged by what was handed down to it, and not by what it would like better."""
        self.ensure_one()
        issuer = self.issue_id.institution_id
        return self.institution_id == issuer and issuer.kind != "health_bureau"

    def _check_draft(self):
        """:raise UserError: it was issued: what was handed down stays"""
        for task in self:
            if task.issue_id.state != "draft":
                raise UserError(self.env._("%(name)s was handed down and stays as it is.", name=task.display_name))

    @api.model
    def _in_force(self, year):
        """The targets of a year: an institution's own, else a rate of whoever leads it.

        :return: dict of (code of an indicator, institution id) -> Target
        """
        # sudo: values are judged for everybody alike; who sees what of them, the rules of the values say
        tasks = self.sudo().search([("year", "=", year), ("state", "=", "issued")], order="id")
        # Issued before that was refused.
        tasks = tasks.filtered(lambda task: not task._is_own())
        own = {
            (task.code, task.institution_id.id): Target(task.operator, to_decimal(task.value), False) for task in tasks
        }
        shapes = {task.code: task.indicator_id.shape for task in tasks}
        found = dict(own)
        for place in self.env["bphs.indicator.value"]._places().values():
            above = [int(id_) for id_ in place.parent_path.strip("/").split("/")]
            for code, shape in shapes.items():
                # What is asked of all together in people is nobody's below without a share of it.
                if (code, place.id) in own or shape == "count":
                    continue
                held = next((own[code, one] for one in reversed(above) if (code, one) in own), None)
                if held:
                    found[code, place.id] = held._replace(inherited=True)
        return found
