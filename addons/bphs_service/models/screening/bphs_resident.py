from odoo import api, models
from odoo.tools import SQL

from ...tools import screening as rules
from .bphs_screening_follow import FINDING


class BphsResident(models.Model):
    """A resident's blood pressure: one tap from the file, and what follows from a diagnosis for the screening."""

    _inherit = "bphs.resident"

    def action_measure_pressure(self):
        """:return dict: the dialog that takes a blood pressure down"""
        self.ensure_one()
        self.check_access("read")
        self.env["bphs.visit"].check_access("create")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Blood Pressure"),
            "res_model": "bphs.screening.reading",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_resident_id": self.id},
        }

    def _on_facts_changed(self):
        super()._on_facts_changed()
        self._follow_screening()

    def _follow_screening(self):
        """Bring the rows of these people to what follows from their records, conditions and plans."""
        # sudo: how far somebody is follows from what was done, whoever did it
        standing = self.env["bphs.screening"].sudo().search([("resident_id", "in", self.ids)])
        if not standing:
            return
        standing._bring_up(SQL("%s", tuple(standing.resident_id.ids)))
        enrolled = standing.filtered(lambda row: row.state == rules.ENROLLED)
        if enrolled:
            # sudo: as above
            self.env["bphs.finding"].sudo()._answer_by_enrolment(enrolled.resident_id)


class BphsFinding(models.Model):
    _inherit = "bphs.finding"

    @api.model
    def _answer_by_enrolment(self, residents):
        """Whoever is looked after for hypertension: what was found of their blood pressure is handled by that."""
        open_ = [("resident_id", "in", residents.ids), ("code", "=", FINDING), ("state", "=", "open")]
        for finding in self.search(open_):
            handled = {"handling": "treated", "handled_on": self._county_today(), "handled_by_id": self.env.uid}
            finding._take_step("close", {**handled, "outcome": self.env._("Enrolled as hypertensive.")})
