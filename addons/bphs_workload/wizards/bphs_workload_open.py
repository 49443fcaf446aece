from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.bphs_base.models.registers.bphs_institution import CLINIC_KINDS


class BphsWorkloadOpen(models.TransientModel):
    """Open the statements of a period for every clinic in the user's scope, in one go."""

    _name = "bphs.workload.open"
    _description = "Open Workload Statements"

    period_id = fields.Many2one("bphs.period", required=True, default=lambda self: self._default_period_id())
    institution_ids = fields.Many2many(
        "bphs.institution", string="Clinics", default=lambda self: self._default_institution_ids()
    )
    missing_count = fields.Integer(string="Statements to Open", compute="_compute_missing_count")

    @api.model
    def _default_period_id(self):
        """The last quarter that has begun and is not locked: the one that clinics report on."""
        return self.env["bphs.period"].search(
            [
                ("kind", "=", "quarter"),
                ("locked", "=", False),
                ("date_start", "<=", self._county_today()),
            ],
            order="date_start desc",
            limit=1,
        )

    @api.model
    def _default_institution_ids(self):
        return self.env["bphs.institution"].search([("kind", "in", CLINIC_KINDS)])

    @api.depends("period_id", "institution_ids")
    def _compute_missing_count(self):
        for opening in self:
            present = self.env["bphs.workload"].search_count(
                [
                    ("period_id", "=", opening.period_id.id),
                    ("institution_id", "in", opening.institution_ids.ids),
                ]
            )
            opening.missing_count = len(opening.institution_ids) - present

    def action_open_period(self):
        """Open what is missing and show the period's statements. Pressing it twice opens nothing
        more.

        :raise UserError: no clinic chosen
        """
        self.ensure_one()
        if not self.institution_ids:
            raise UserError(self.env._("Choose at least one clinic."))
        self.env["bphs.workload"].check_access("create")
        self.env["bphs.workload"]._open_period(self.period_id, self.institution_ids)
        action = self.env["ir.actions.act_window"]._for_xml_id("bphs_workload.bphs_workload_action")
        action["context"] = {
            "search_default_period_id": self.period_id.id,
            "search_default_group_state": 1,
        }
        action["target"] = "main"
        return action
