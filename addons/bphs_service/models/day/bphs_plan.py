from odoo import fields, models
from odoo.tools import SQL


class BphsPlan(models.Model):
    """Who does what is due of a plan, where somebody was named; else it is whose village it is."""

    _inherit = "bphs.plan"

    worker_id = fields.Many2one(
        "bphs.worker", string="Given To", readonly=True, copy=False, index="btree_not_null", ondelete="set null"
    )

    def _give(self, worker):
        """Name who does what is due of these plans; no worker: nobody. Callers have asked for the right."""
        self.env.cr.execute(
            SQL(
                "UPDATE bphs_plan SET worker_id = %s, write_uid = %s, write_date = %s"
                " WHERE id = ANY(%s) AND worker_id IS DISTINCT FROM %s",
                worker.id or None,
                self.env.uid,
                self.env.cr.now(),
                list(self.ids),
                worker.id or None,
            )
        )
        self.invalidate_model(["worker_id"], flush=False)
        self.resident_id._log_access("change", what=self.env._("Who does what is due"))


class BphsWorker(models.Model):
    _inherit = "bphs.worker"

    def _leave(self, day):
        result = super()._leave(day)
        # sudo: what was theirs to do is nobody's, whoever lets them go
        self.env["bphs.plan"].sudo().search([("worker_id", "in", self.ids)])._give(self.browse())
        return result
