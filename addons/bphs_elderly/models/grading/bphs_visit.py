from odoo import models

from ...tools.grading.following import News
from ...tools.grading.standing import Contact


class BphsVisit(models.Model):
    """A service record grades its elder at once: done, opened again, voided."""

    _inherit = "bphs.visit"

    def _take_step(self, name, values=None, reason=""):
        super()._take_step(name, values, reason)
        self._regrade(name)

    def _follow_outside(self, scaled):
        super()._follow_outside(scaled)
        self._regrade("complete")

    def _regrade(self, step):
        news = {}
        for visit in self.sudo():  # sudo: gradings follow from what was done, whoever may read it
            contacts = visit._elder_contacts()
            # What was found in it goes with it.
            records = frozenset({f"v{visit.id}", *(f"f{id_}" for id_ in visit.finding_ids.ids)})
            known = (
                News(voided=records, contacts=contacts) if step == "complete"
                # Until it is done again it shows nothing; that it was wrong is known when it was voided.
                else News(voided=records if step == "void" else frozenset(), forgotten=contacts)
            )  # fmt: skip
            news[visit.resident_id.id] = news.get(visit.resident_id.id, News()) | known
        self.env["bphs.elderly.grader"].sudo()._grade_at_once(news)  # sudo: as above

    def _elder_contacts(self):
        """What the record shows of how somebody is doing: by its class, an examination by what is open of it."""
        self.ensure_one()
        if self.template_id.code == "elder_exam":
            open_ = [("resident_id", "=", self.resident_id.id), ("state", "=", "open")]
            satisfied = not self.env["bphs.finding"].search_count(open_)
        elif self.result:
            satisfied = self.result == "satisfied"
        else:
            return ()
        return (Contact(self.done_on, satisfied, str(self._made_by().id)),)

    def _made_by(self):
        """:return: res.users, who made the visit: who did it, where they have an account, else who entered it"""
        return self.worker_id.user_id or self.create_uid
