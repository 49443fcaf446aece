from odoo import api, fields, models

from odoo.addons.bphs_base.models.mixins.bphs_steps_mixin import ANYBODY

from ..findings.bphs_finding import HANDLED, TYPED

SEEN_TO = (*HANDLED, "worker_id")


class BphsFinding(models.Model):
    """Who sees to a finding until it is closed: whoever found it, unless it is given to another."""

    _inherit = "bphs.finding"
    _writable = {"open": {ANYBODY: SEEN_TO}, "closed": {}, "cancelled": {}, "voided": {}}
    _given_at_creation = (*TYPED, *SEEN_TO, "resident_id", "visit_id", "code", "rule_id", "questions", "found_on")

    worker_id = fields.Many2one("bphs.worker", string="Seen To By", index="btree_not_null", ondelete="restrict")

    @api.model_create_multi
    def create(self, vals_list):
        visits = self.env["bphs.visit"].sudo()  # sudo: who found it; the record itself is checked where it is named
        own = self.env["bphs.visit"]._own_worker().id
        for vals in vals_list:
            vals.setdefault("worker_id", visits.browse(vals.get("visit_id")).exists().worker_id.id or own)
        return super().create(vals_list)
