from odoo import api, models
from odoo.fields import Domain

from odoo.addons.bphs_team.tools.open_work import WORKER, OpenWork

from ..referrals.bphs_referral import WAITING


class BphsHandover(models.Model):
    """What somebody who leaves has open of services: plans with all that is due of them, drafts, findings, referrals.

    A record that is done keeps the name of whoever did it.
    """

    _inherit = "bphs.handover"

    @api.model
    def _open_work(self, worker, day):
        _ = self.env._
        own = Domain("worker_id", "=", worker.id)
        going_on = Domain("date_to", "=", False) | Domain("date_to", ">=", day)
        works = (
            ("plans", _("People Followed, by Plan"), "bphs.plan", going_on),
            ("drafts", _("Service Records Begun"), "bphs.visit", Domain("state", "=", "draft")),
            ("findings", _("Abnormal Findings"), "bphs.finding", Domain("state", "=", "open")),
            ("referrals", _("Referrals"), "bphs.referral", Domain("state", "in", ("draft", *WAITING, "answered"))),
        )
        return super()._open_work(worker, day) + [
            OpenWork(
                key,
                name,
                model,
                list(own & still_open),
                {"worker_id": WORKER},
                action=f"bphs_service.{model.replace('.', '_')}_action",
            )
            for key, name, model, still_open in works
        ]

    @api.model
    def _seen_by_all(self, records):
        domain = super()._seen_by_all(records)
        if "sensitive" in records._fields:
            domain.append(("sensitive", "=", False))
        if "visit_id" in records._fields:
            domain += ["|", ("visit_id", "=", False), ("visit_id.sensitive", "=", False)]
        return domain
