from odoo import api, fields, models

from ...tools.facts import CONDITION_GROUPS, SOCIAL_GROUPS, SOCIAL_MARKS

TOLD_ALREADY = CONDITION_GROUPS | SOCIAL_GROUPS | SOCIAL_MARKS


class BphsResident(models.Model):
    """A resident's dated facts, on the file and in the timeline."""

    _inherit = "bphs.resident"

    condition_ids = fields.One2many("bphs.condition", "resident_id", string="Conditions")
    event_ids = fields.One2many("bphs.acute.event", "resident_id", string="Acute Events")
    social_ids = fields.One2many("bphs.social.fact", "resident_id", string="Social Facts")

    @api.depends("condition_ids.running", "social_ids.running")
    def _compute_glance(self):
        super()._compute_glance()

    def _glance_words(self):
        running = [*self.condition_ids, *self.social_ids]
        words = [fact.display_name for fact in running if fact.running and fact.kind not in TOLD_ALREADY]
        return super()._glance_words() + words

    def _on_facts_changed(self):
        """Hook: dated facts of these residents are other than they were. Gradings follow."""

    def _timeline(self):
        events = self.env["bphs.acute.event"].search([("resident_id", "=", self.id), ("state", "=", "recorded")])
        running = [
            (kind, fact)
            for kind, model in (("condition", "bphs.condition"), ("social", "bphs.social.fact"))
            for fact in self.env[model].search([("resident_id", "=", self.id), ("state", "=", "recorded")])
        ]
        return [
            *super()._timeline(),
            *(
                self._told("acute", event.event_on, event.display_name, event, event.place or event.note)
                for event in events
            ),
            *(
                self._told(kind, fact.date_from, fact.display_name, fact, fact.note)
                for kind, fact in running
                if fact.date_from
            ),
            *(
                self._told(kind, fact.date_to, self.env._("Over: %(name)s", name=fact.display_name), fact)
                for kind, fact in running
                if fact.date_to
            ),
        ]

    def _told(self, kind, day, title, fact, text=""):
        return {"date": day, "kind": kind, "title": title, "text": text or "", "model": fact._name, "id": fact.id}
