from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from odoo.addons.bphs_base.tools.replay_reader import dump

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


class BphsElderlyStanding(models.Model):
    """Where elders stand goes out as the document by which they are graded again, offline.

    It names nobody: a person is the number of their row. Facts that are for named persons come along for them alone.
    """

    _inherit = "bphs.elderly.standing"

    def _replay_files(self):
        # What these elders are graded by today, one document a rule set.
        day, grader, files = self._county_today(), self.env["bphs.elderly.grader"], {}
        whole = self.env.user.has_group("bphs_resident.group_sensitive")
        rows = {standing.resident_id.ehr_number: str(standing.id) for standing in self}
        for ruleset, standings in self.filtered("ruleset_id").grouped("ruleset_id").items():
            ruleset = ruleset.sudo()  # sudo: by which rules, of gradings one may read
            document = grader._replay_document(standings.resident_id.ids, day, ruleset, whole)
            for person in document["people"]:
                person["code"] = rows[person["code"]]
            files[f"{ruleset.code}-{day}.json"] = dump(document).encode()
        if not files:
            raise UserError(self.env._("There is nobody to export."))
        return files, f"gradings-{day}.zip"
