from odoo import api, fields, models

from odoo.addons.bphs_base.models.mixins.bphs_steps_mixin import ANYBODY

from ...tools.facts import EVENTS
from .bphs_dated_fact_mixin import GIVEN

WRITTEN = ("place", "note")


class BphsAcuteEvent(models.Model):
    """Something that befell a resident on a day (急性事件): a stroke, a fracture, a fall, an operation, a discharge."""

    _name = "bphs.acute.event"
    _description = "Acute Event"
    _inherit = ["bphs.dated.fact.mixin"]
    _rec_name = "kind"
    _order = "resident_id, event_on desc, id desc"
    _writable = {"recorded": {ANYBODY: WRITTEN}, "voided": {}}
    _given_at_creation = (*GIVEN, *WRITTEN, "event_on")

    kind = fields.Selection(EVENTS, required=True)
    event_on = fields.Date(string="Day", required=True, default=lambda self: self._county_today())
    place = fields.Char(string="Treated At", size=100)

    _day_uniq = models.UniqueIndex(
        "(resident_id, kind, event_on) WHERE state = 'recorded'", "This event of that day stands in the file already."
    )

    # === CONSTRAINTS === #

    @api.constrains("resident_id", "event_on")
    def _check_event_on(self):
        self._check_days("event_on")

    # === HELPERS === #

    def _stay_behind(self, name, survivor):
        # sudo: whoever may see which
        own = self.sudo().search([("resident_id", "=", survivor.id), ("state", "=", "recorded")])
        same = {(event.kind, event.event_on) for event in own}
        return self.filtered(lambda event: event.state == "recorded" and (event.kind, event.event_on) in same)
