from contextlib import nullcontext

from odoo import api, fields, models


class BphsResident(models.Model):
    """A resident's data from other systems, beside what was done for them here."""

    _inherit = "bphs.resident"

    outside_ids = fields.One2many("bphs.outside.record", "resident_id", string="Outside Records", readonly=True)
    has_outside = fields.Boolean(compute="_compute_has_outside")

    def _compute_has_outside(self):
        asked = self._perhaps_with("outside_ids").ids
        # Grouped by person it would be refused, as past the access log.
        found = self.env["bphs.outside.record"].search([("resident_id", "in", asked)])
        people = set(found.resident_id.ids)
        for resident in self:
            resident.has_outside = resident._origin.id in people

    def action_outside(self):
        """:return: the action that lists what other systems say of a file"""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("bphs_service.bphs_outside_record_action")
        return {**action, "domain": [("resident_id", "=", self.id)], "context": {}}

    def _facts_together(self):
        """Hook: within what it returns, facts of many people become known, and what follows from them follows once.

        :return: a context manager
        """
        return nullcontext()

    @api.model
    def _lines_at_a_glance(self):
        return [*super()._lines_at_a_glance(), "outside_ids"]
