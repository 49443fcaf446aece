from odoo import models

from .bphs_team_session_line import ADVICE


class BphsResident(models.Model):
    """What specialists advised stands in the timeline of the file."""

    _inherit = "bphs.resident"

    def _timeline(self):
        events = super()._timeline()
        for line in self.env["bphs.team.session.line"].search([("resident_id", "=", self.id), ("seen", "=", True)]):
            told = [
                f"{line._fields[name]._description_string(self.env)}：{line[name].strip()}"
                for name in ADVICE
                if line[name]
            ]
            events.append(
                {
                    "kind": "service",
                    "model": line._name,
                    "id": line.id,
                    "date": line.session_id.date,
                    "title": self.env._("Specialist's advice: %(topic)s", topic=line.session_id.topic),
                    "text": "；".join(told),
                }
            )
        return events
