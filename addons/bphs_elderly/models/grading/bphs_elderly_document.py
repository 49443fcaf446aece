from odoo import api, models
from odoo.tools import SQL

from ...tools.grading.lines import person_document, read_person
from ...tools.grading.needs import needs_of


class BphsElderlyGrader(models.AbstractModel):
    """Any grading goes out as the document that `scripts/replay` grades again (grading rules, section 3)."""

    _inherit = "bphs.elderly.grader"

    @api.model
    def _replay_document(self, ids, day, ruleset, whole=False):
        """These residents by a rule set on a day, as a document.

        :param bool whole: with what is for named persons alone
        :return dict: of it; whom their file's number names
        """
        self.env.flush_all()
        needs = needs_of(ruleset._core())
        query = SQL("SELECT id, ehr_number FROM bphs_resident WHERE id = ANY(%s)", list(ids))
        numbers = dict(self.env.execute_query(query))
        people = []
        for id_, birth_date, _living, lines in self.env.execute_query(self._people(needs, day, sorted(ids))):
            shown, all_told = read_person(numbers[id_], birth_date, lines)
            if birth_date <= day:
                people.append(person_document(all_told if whole and all_told else shown))
        return {"ruleset": ruleset._document(), "as_of": day.isoformat(), "people": people}
