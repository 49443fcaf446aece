from odoo import api, models

from odoo.addons.bphs_team.tools.open_work import WORKER, OpenWork


class BphsHandover(models.Model):
    """Who leaves or is away hands over what was theirs to do."""

    _inherit = "bphs.handover"

    @api.model
    def _open_work(self, worker, day):
        name = self.env._("Services to Do")
        running = ["|", ("date_to", "=", False), ("date_to", ">", day)]
        return [
            *super()._open_work(worker, day),
            OpenWork(
                "service_plans",
                name,
                "bphs.plan",
                [("worker_id", "=", worker.id), *running],
                {"worker_id": WORKER},
                action="bphs_service.bphs_plan_action",
            ),
        ]
