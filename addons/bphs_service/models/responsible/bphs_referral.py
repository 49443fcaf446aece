from odoo import fields, models

from odoo.addons.bphs_base.models.mixins.bphs_steps_mixin import ANYBODY

from ..referrals.bphs_referral import ANSWERED, ASKED

SENT_BY = (*ASKED, "worker_id")


class BphsReferral(models.Model):
    """Who sent somebody on and waits for the answer."""

    _inherit = "bphs.referral"
    _writable = {
        "draft": {ANYBODY: SENT_BY},
        "sent": {ANYBODY: ANSWERED},
        "received": {ANYBODY: ANSWERED},
        "answered": {},
        "closed": {},
        "withdrawn": {},
    }
    _given_at_creation = (*SENT_BY, "resident_id", "finding_id", "visit_id", "from_institution_id")

    worker_id = fields.Many2one(
        "bphs.worker",
        string="Referred By",
        index="btree_not_null",
        ondelete="restrict",
        default=lambda self: self.env["bphs.visit"]._own_worker(),
    )
