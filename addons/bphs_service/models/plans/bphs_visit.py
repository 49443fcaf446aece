from odoo import models

from ...tools.clocks.terms import Visit

SMI_RESULTS = {"stable": "satisfied", "nearly": "uncontrolled", "unstable": "complication"}


class BphsVisit(models.Model):
    """A visit closes what was due, and opens what its result asks for: at once."""

    _inherit = "bphs.visit"

    def _core(self):
        """The visit as the rules of clocks read it."""
        self.ensure_one()
        result = self.result or SMI_RESULTS.get(self.smi_class)
        return Visit(str(self.id), self.done_on, self.face_to_face, result or None)

    def _take_step(self, name, values=None, reason=""):
        super()._take_step(name, values, reason)
        self.resident_id._recompute_plans()
