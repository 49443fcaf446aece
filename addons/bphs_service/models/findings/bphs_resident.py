from collections import Counter

from odoo import api, fields, models


class BphsResident(models.Model):
    """A resident's abnormal findings."""

    _inherit = "bphs.resident"

    finding_ids = fields.One2many("bphs.finding", "resident_id", string="Findings", readonly=True)
    open_finding_count = fields.Integer(compute="_compute_open_finding_count")

    def _compute_open_finding_count(self):
        # What this user may see; grouped by person it would be refused, as past the access log.
        asked = self._perhaps_with("finding_ids").ids
        open_ones = self.env["bphs.finding"].search([("resident_id", "in", asked), ("state", "=", "open")])
        counts = Counter(finding.resident_id.id for finding in open_ones)
        for resident in self:
            resident.open_finding_count = counts[resident._origin.id]

    @api.model
    def _lines_at_a_glance(self):
        return [*super()._lines_at_a_glance(), "finding_ids"]

    def action_findings(self):
        """:return: the action that lists the abnormal findings of a file"""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("bphs_service.bphs_finding_action")
        return {**action, "domain": [("resident_id", "=", self.id)], "context": {"default_resident_id": self.id}}

    def _timeline(self):
        findings = self.env["bphs.finding"].search([("resident_id", "=", self.id), ("state", "!=", "voided")])
        states = dict(findings._fields["state"]._description_selection(self.env))
        return super()._timeline() + [
            {
                "date": finding.found_on,
                "kind": "finding",
                "title": finding.name,
                "text": " · ".join(filter(None, (finding.value_words, states[finding.state]))),
                "model": finding._name,
                "id": finding.id,
            }
            for finding in findings
        ]
