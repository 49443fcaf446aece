from odoo import api, models
from odoo.fields import Domain

from ...tools.open_work import WORKER, OpenWork


class BphsHandover(models.Model):
    """Contracts that were signed with a doctor go to the successor; those with the team stay the team's."""

    _inherit = "bphs.handover"

    @api.model
    def _open_work(self, worker, day):
        going_on = Domain("until", ">", day) & Domain("state", "in", ("review", "running", "renewed"))
        return [
            *super()._open_work(worker, day),
            OpenWork(
                "contracts",
                self.env._("Contracts"),
                "bphs.contract",
                list(Domain("worker_id", "=", worker.id) & going_on),
                {"worker_id": WORKER},
                action="bphs_team.bphs_contract_action",
            ),
        ]
