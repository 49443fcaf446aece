import json

from odoo import api, models
from odoo.tools import SQL

from odoo.addons.bphs_resident.models.importing.bphs_resident_import_match import NEW, REJECTED
from odoo.addons.bphs_resident.tools import sealing
from odoo.addons.bphs_resident.tools.columns import copy_line

from ...tools.facts import CONDITIONS, SENSITIVE
from ...tools.outside.columns import CHOICES
from ...tools.outside.row import Form, Known, told
from ..visits.bphs_visit import FACE_TO_FACE
from ..visits.bphs_visit_form import COLUMNS
from .bphs_outside_system import SOURCES

# What a row waits as, whatever its kind: who, where from, what became of it, what it says.
_HEAD = {
    "number": "int4 NOT NULL",
    "problem_kind": "varchar",
    "problem_field": "varchar",
    "problem": "varchar",
    "outcome": "varchar NOT NULL",
    "system_id": "int4",
    "external_id": "varchar",
    "key": "varchar",
    "digest": "varchar",
    "ehr_number": "varchar",
    "id_index": "varchar",
    "name": "varchar",
    "resident_id": "int4",
    "made_id": "int4",
}
_SAID = {
    "day": "date",
    "kind": "varchar",
    "place": "varchar",
    "stage": "varchar",
    "note": "varchar",
    "template_id": "int4",
    "item_id": "int4",
    "sensitive": "bool",
    "scaled": "bool",
    "mode": "varchar",
    "face_to_face": "bool",
    "worker_id": "int4",
    "institution_id": "int4",
    "source": "varchar",
    "service_kind": "varchar",
    "answers": "jsonb",
    "medicines": "jsonb",
    "is_complete": "bool",
    "missing": "varchar",
}
_FOUND = ("resident_id", "made_id")
JSONS = ("answers", "medicines")


class BphsOutsideRows(models.AbstractModel):
    """Rows from outside in a table of their own, between what came and what is made of it.

    A run of a file keeps an unlogged table through its jobs, a push one of its transaction. From there on both are the
    same: each question one statement over all rows, each part of them whole.
    """

    _name = "bphs.outside.rows"
    _description = "Rows from Outside"

    # === WHAT A DOOR SAYS === #

    def _rows(self):
        """:return SQL: the table of the rows"""
        raise NotImplementedError(self._name)

    def _scope_ids(self):
        """:return set: ids of the institutions whose people are looked at"""
        raise NotImplementedError(self._name)

    def _seen(self, alias):
        """:return SQL: whether a file is one that this door answers for, within the scope"""
        return SQL("%s.institution_id = ANY(%s)", SQL.identifier(alias), sorted(self._scope_ids()))

    # === THE TABLE === #

    @api.model
    def _row_columns(self):
        fields_ = self.env["bphs.visit"]._fields
        measured = {name: fields_[name].column_type[1] for name in COLUMNS}
        return _HEAD | _SAID | measured

    @api.model
    def _written_columns(self):
        return tuple(name for name in self._row_columns() if name not in _FOUND)

    def _create_rows(self, how):
        """:param SQL how: what kind of table it is"""
        columns = SQL(", ").join(
            SQL("%s %s", SQL.identifier(name), SQL(kind)) for name, kind in self._row_columns().items()
        )
        self.env.cr.execute(SQL("CREATE %s TABLE %s (%s)", how, self._rows(), columns))

    def _row_line(self, kind, number, row, problems, keys, written):
        """:return str: a row as COPY reads it; a refused one keeps nothing but its place and where it came from"""
        stated = {}
        if not problems:
            stated = {**row, "id_index": keys.index(sealing.ID_NUMBER, row.get("id_number"))}
            stated["key"] = f"{row['system_id']} {row['external_id']}"
            for name in JSONS:
                if stated.get(name):
                    stated[name] = json.dumps(stated[name], ensure_ascii=False)
        stated |= {
            "number": number,
            "problem_kind": problems[0].kind if problems else None,
            "problem_field": problems[0].column if problems else None,
            "problem": told(kind, problems),
            "outcome": REJECTED if problems else NEW,
        }
        return copy_line(tuple(stated.get(name) for name in written))

    # === WHAT ROWS MAY NAME === #

    @api.model
    def _known(self, systems, named_person):
        """:return Known: what rows may name

        :param systems: bphs.outside.system
        :param bool named_person: whether forms and diseases for named persons are among them
        """
        within = [("institution_id", "in", sorted(self._scope_ids()))]
        visits = self.env["bphs.visit"]
        choice = visits._fields["mode"]._description_selection(self.env)
        modes = {name: (code, code in FACE_TO_FACE) for code, words in choice for name in (code, words)}
        # sudo: workers and institutions are named by codes, within the scope alone
        workers = self.env["bphs.worker"].sudo().search([*within, ("code", "!=", False)])
        # sudo: as above
        institutions = self.env["bphs.institution"].sudo().search([("id", "in", sorted(self._scope_ids()))])
        return Known(
            {system.code: (system.id, SOURCES.get(system.kind, "imported")) for system in systems},
            self._known_forms(named_person),
            {worker.code: (worker.id, worker.institution_id.id) for worker in workers},
            {institution.code: institution.id for institution in institutions if institution.code},
            modes,
            self._words_of("bphs.condition", "kind", CONDITIONS if named_person else _plain_conditions()),
            {name: self._words_of("bphs.visit", name) for name in CHOICES},
        )

    def _known_forms(self, named_person):
        found = {}
        # sudo: which forms there are; those for named persons are left out for others
        for template in self.env["bphs.form.template"].sudo().search([("state", "=", "published")], order="version"):
            if template.sensitive and not named_person:
                continue
            asked = [question for question in template.question_ids if not question._is_column()]
            form = Form(
                template.id,
                template.item_id.id or None,
                template.sensitive,
                template.service_kind or None,
                bool(template.scale),
                tuple(template._questions()),
                {
                    question.code: {name: code for code, words in question._choices() for name in (code, words)}
                    for question in asked
                },
            )
            # Of several versions the latest; a name that two forms share names neither.
            found[template.code] = found[template.name] = form
        return found

    def _words_of(self, model, name, among=None):
        """:return dict: code or words in the language of the user -> code"""
        codes = None if among is None else {code for code, _words in among}
        return {
            said: code
            for code, words in self.env[model]._fields[name]._description_selection(self.env)
            if codes is None or code in codes
            for said in (code, words)
        }


def _plain_conditions():
    return [(code, words) for code, words in CONDITIONS if code not in SENSITIVE]
