from odoo import api, fields, models
from odoo.exceptions import AccessError

from .bphs_authenticity_finding import VERIFIERS


class BphsAuthenticityRun(models.TransientModel):
    """Looks for doubts in a quarter now, not tonight."""

    _name = "bphs.authenticity.run"
    _description = "Look for Doubts Now"

    period_id = fields.Many2one(
        "bphs.period",
        string="Quarter",
        required=True,
        domain=[("kind", "=", "quarter")],
        default=lambda self: self._default_period_id(),
        ondelete="cascade",
    )

    @api.model
    def _default_period_id(self):
        return self.env["bphs.period"].search(
            [("kind", "=", "quarter"), ("date_start", "<=", self._county_today())], order="date_start desc", limit=1
        )

    def action_find(self):
        """Look through the quarter.

        :return: the action that lists what stands of it
        :raise AccessError: not a role that looks into doubts
        """
        if not self.env.user._holds_role(VERIFIERS):
            raise AccessError(
                self.env._("Doubts are looked into by the township's public health office and the bureau.")
            )
        self.ensure_one()
        self.check_access("read")
        period = self.period_id
        # sudo: found are all of the county, shown those of one's scope
        self.env["bphs.authenticity.finding"].sudo()._find(period.date_start, period.date_end)
        action = self.env["ir.actions.act_window"]._for_xml_id("bphs_service.bphs_authenticity_finding_action")
        return {**action, "domain": [("date_from", "=", period.date_start)], "target": "main"}
