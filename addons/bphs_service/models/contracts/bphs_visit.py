from odoo import api, fields, models

from odoo.addons.bphs_base.models.mixins.bphs_steps_mixin import ANYBODY
from odoo.addons.bphs_team.tools.promises import SERVICE_KINDS

from ..visits.bphs_visit import TOKEN
from ..visits.bphs_visit_form import FORM

KIND = "service_kind"


class BphsVisit(models.Model):
    """A record keeps what the person's contract promised, once it is done: nobody enters it a second time."""

    _inherit = "bphs.visit"
    _writable = {"draft": {ANYBODY: (*FORM, KIND)}, "done": {}, "voided": {}}
    _given_at_creation = (*FORM, KIND, "resident_id", "template_id", "institution_id", "source", TOKEN)

    service_kind = fields.Selection(
        SERVICE_KINDS, compute="_compute_service_kind", store=True, readonly=False, precompute=True
    )
    keeps_words = fields.Char(string="Keeps of the Contract", compute="_compute_keeps_words")

    # === COMPUTE METHODS === #

    @api.depends("template_id")
    def _compute_service_kind(self):
        for visit in self:
            visit.service_kind = visit.template_id.service_kind or visit.service_kind

    @api.depends("state")
    def _compute_keeps_words(self):
        # sudo: what a record keeps is told with it, whoever sees the contract
        links = self.env["bphs.service.link"].sudo().search([("visit_id", "in", self.ids), ("stands", "=", True)])
        for visit in self:
            kept = links.filtered(lambda link, visit=visit: link.visit_id.id == visit.id)
            visit.keeps_words = "、".join(dict.fromkeys(kept.item_id.mapped("name")))

    @api.depends(KIND)
    def _compute_missing(self):
        super()._compute_missing()

    @api.depends(KIND)
    def _compute_words(self):
        super()._compute_words()

    @api.model
    def _form_columns(self):
        return super()._form_columns() | {KIND}

    def _answers(self):
        return {**super()._answers(), KIND: self.service_kind or None}

    # === STEPS === #

    def _take_step(self, name, values=None, reason=""):
        super()._take_step(name, values, reason)
        # sudo: what is kept follows from what was done, whoever may see which contract
        links = self.env["bphs.service.link"].sudo()
        if name == "complete":
            links._link_visits(self)
        else:
            links.search([("visit_id", "in", self.ids)])._undo()
        self.invalidate_recordset(["keeps_words"], flush=False)
