from collections import Counter

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL

ASSIGNERS = ("primary_care_officer", "township_public_health", "team_leader")


class BphsFollowupAssign(models.TransientModel):
    """Giving what is due to somebody, many rows at once: it says how many and whose before it is done."""

    _name = "bphs.followup.assign"
    _description = "Giving What Is Due to Somebody"
    _inherit = ["bphs.readable.links.mixin"]

    worker_id = fields.Many2one("bphs.worker", string="Give To", help="Empty: to nobody.")
    told = fields.Char(string="What Is Given", compute="_compute_told")

    @api.depends_context("active_ids", "active_model", "uid")
    def _compute_told(self):
        rows = self._rows()
        plans = rows.plan_id
        # sudo: the names of colleagues, wherever they serve
        holders = Counter(plan.sudo().worker_id.name or self.env._("nobody") for plan in plans)
        whose = "、".join(f"{name} {count}" for name, count in holders.most_common())
        for dialog in self:
            dialog.told = self.env._(
                "%(rows)s things due, of %(plans)s plans of %(people)s people. With whom the plans are now: %(whose)s.",
                rows=len(rows),
                plans=len(plans),
                people=len(rows.resident_id),
                whose=whose,
            )

    def action_assign(self):
        """Give the plans of the chosen rows to the worker: what is due of them now and from now on.

        :raise AccessError: not an assigner's role
        :raise UserError: nothing was chosen
        """
        self.ensure_one()
        self._check_may_assign()
        self.check_access("write")
        rows = self._rows()
        if not rows:
            raise UserError(self.env._("Choose what is due in the list first."))
        rows.plan_id.check_access("write")
        rows.plan_id._give(self.worker_id)
        return {"type": "ir.actions.act_window_close"}

    # === HELPERS === #

    def _rows(self):
        """:return: the rows chosen in the list, those alone that this user may see"""
        if self.env.context.get("active_model") != "bphs.followup":
            return self.env["bphs.followup"]
        return self.env["bphs.followup"].search([("id", "in", self.env.context.get("active_ids") or [])], order="id")

    def _check_may_assign(self):
        if not (self.env.su or self.env.user._holds_role(ASSIGNERS)):
            raise AccessError(
                self.env._("Work is given by team leaders, the township's public health and the section.")
            )


class BphsPlan(models.Model):
    _inherit = "bphs.plan"

    def _give(self, worker):
        """Name who sees to these plans, and with them to all that is due; no worker: nobody. As sets: what is due does
        not change by it, and is not reckoned anew. Callers have asked for the right.
        """
        self.flush_model(["worker_id"])
        self.env["bphs.followup"].flush_model(["worker_id"])
        for table, key in (("bphs_plan", "id"), ("bphs_followup", "plan_id")):
            self.env.cr.execute(
                SQL(
                    "UPDATE %s SET worker_id = %s, write_uid = %s, write_date = %s"
                    " WHERE %s = ANY(%s) AND worker_id IS DISTINCT FROM %s",
                    SQL.identifier(table),
                    worker.id or None,
                    self.env.uid,
                    self.env.cr.now(),
                    SQL.identifier(key),
                    list(self.ids),
                    worker.id or None,
                )
            )
        self.invalidate_model(["worker_id"], flush=False)
        self.env["bphs.followup"].invalidate_model(["worker_id"], flush=False)
        self.resident_id._log_access("change", what=self.env._("Who sees to what is due"))
