from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.bphs_base.tools.money import MoneyError

from ...tools.judging import quotas

WEIGHTS = [("denominator", "Last Value's Denominator"), ("numerator", "Last Value's Numerator"), ("equal", "Equally")]


class BphsIndicatorIssue(models.Model):
    """Tasks filled in for all institutions below: the same rate for each, or shares of a number of people."""

    _inherit = "bphs.indicator.issue"

    def action_share(self):
        """:return dict: the dialog that hands an indicator out to all institutions below"""
        self.ensure_one()
        self.check_access("write")
        self._check_in_state(("draft",))
        return {
            "type": "ir.actions.act_window",
            "res_model": "bphs.indicator.sharing",
            "views": [(False, "form")],
            "target": "new",
            "name": self.env._("Hand an Indicator Out"),
            "context": {"default_issue_id": self.id},
        }

    def _share_out(self, indicator, operator, value, by):
        """Give every institution below its task of an indicator; one it has already is set anew.

        :param value: per cent of a rate, for each alike; people of a count, shared out
        :param str by: of WEIGHTS
        """
        self.ensure_one()
        self.check_access("write")
        self._check_in_state(("draft",))
        led = self._led()
        if not led:
            raise UserError(self.env._("%(name)s leads no institution.", name=self.institution_id.display_name))
        weights = {}
        values = dict.fromkeys(led.ids, value)
        if indicator.shape == "count":
            weights = self._weights(indicator, led, by)
            codes = {one.code: one for one in led}
            try:
                shares = quotas(int(value), {code: weights[one.id] for code, one in codes.items()})
            except MoneyError as error:
                raise UserError(
                    self.env._("%(name)s: no values yet that its number could be shared by.", name=indicator.name)
                ) from error
            values = {codes[code].id: share for code, share in shares.items()}
        self.task_ids.filtered(lambda task: task.indicator_id == indicator).unlink()
        tasks = self.env["bphs.indicator.task"].create(
            [
                {
                    "issue_id": self.id,
                    "institution_id": place,
                    "indicator_id": indicator.id,
                    "operator": operator,
                    "value": share,
                }
                for place, share in values.items()
            ]
        )
        for task in tasks:
            task.sudo().weight = weights.get(task.institution_id.id, 0)  # sudo: told by the server alone

    def _weights(self, indicator, led, by):
        if by == "equal":
            return dict.fromkeys(led.ids, 1)
        name = "denominator_whole" if by == "denominator" else "numerator_whole"
        # sudo: the columns with files for named persons; only shares follow from them
        values = self.env["bphs.indicator.value"].sudo()
        held = values.search([("code", "=", indicator.code), ("institution_id", "in", led.ids)], order="month")
        weights = dict.fromkeys(led.ids, 0)
        # A count has no denominator: the people it counts are what it is shared by.
        weights.update({one.institution_id.id: one[name] or one.numerator_whole for one in held})
        return weights


class BphsIndicatorSharing(models.TransientModel):
    """A dialog: hand one indicator out to all institutions below."""

    _name = "bphs.indicator.sharing"
    _description = "Hand an Indicator Out"

    issue_id = fields.Many2one("bphs.indicator.issue", required=True, ondelete="cascade")
    indicator_id = fields.Many2one(
        "bphs.indicator", required=True, ondelete="cascade",
        domain=[("state", "=", "published")],
    )  # fmt: skip
    shape = fields.Selection(related="indicator_id.shape")
    operator = fields.Selection([("≥", "≥"), ("≤", "≤"), ("increase", "Higher Than Last Year"),
                                 ("decrease", "Lower Than Last Year")], required=True, default="≥")  # fmt: skip
    value = fields.Float(string="Target", digits=(16, 4), help="Per cent of a rate; people of a count, in all.")
    by = fields.Selection(WEIGHTS, string="Shared By", default="numerator")

    @api.model_create_multi
    def create(self, vals_list):
        dialogs = super().create(vals_list)
        dialogs.issue_id.check_access("write")
        return dialogs

    def action_share(self):
        """Hand it out.

        :return dict: closes the dialog
        """
        self.ensure_one()
        self.check_access("write")
        self.issue_id._share_out(self.indicator_id, self.operator, self.value, self.by)
        return {"type": "ir.actions.act_window_close"}
