from odoo import fields, models

from odoo.addons.bphs_base.models.mixins.bphs_steps_mixin import ANYBODY
from odoo.addons.bphs_service.models.facts.bphs_dated_fact_mixin import GIVEN

KINDS = [("critical", "Critical, Not Yet Settled"), ("recheck", "To Be Checked Again")]
WRITTEN = ("date_from", "date_to", "finding", "outcome", "note")


class BphsElderlyFinding(models.Model):
    """What an examination found that must not be left at that: open until somebody writes how it was settled."""

    _name = "bphs.elderly.finding"
    _description = "Open Finding of an Elder"
    _inherit = ["bphs.running.fact.mixin"]
    _order = "date_to desc, date_from, id"
    _writable = {"recorded": {ANYBODY: WRITTEN}, "voided": {}}
    _given_at_creation = (*GIVEN, *WRITTEN)

    kind = fields.Selection(KINDS)
    date_from = fields.Date(string="Found On", required=True, default=lambda self: self._county_today())
    date_to = fields.Date(string="Settled On", help="The last day on which it was open; empty: it still is.")
    finding = fields.Char(string="What Was Found", required=True, size=200)
    outcome = fields.Char(size=200, help="Seen by whom, with what result.")

    _dates_check = models.Constraint("CHECK(date_to >= date_from)", "A finding cannot be settled before it was made.")
    _set_index = models.Index("(resident_id, kind) WHERE state = 'recorded'")

    # === HELPERS === #

    def _follow(self):
        # Of no key group and no mark of the register: nothing there follows from it.
        # sudo: gradings follow from facts, whoever entered them
        self.sudo().resident_id._on_facts_changed()

    def _stay_behind(self, name, survivor):
        return self.browse()
