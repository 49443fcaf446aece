"""Invented services put into a database by COPY, beside the invented residents they tell of.

Never for a county's own database: what is put in stays, as every record does.
"""

import json
from datetime import date

from odoo import fields
from odoo.tools import SQL

from odoo.addons.bphs_resident.tools.columns import copy_line
from odoo.addons.bphs_resident.tools.row_stream import RowStream
from odoo.addons.bphs_service.models.visits.bphs_visit import FACE_TO_FACE
from odoo.addons.bphs_service.models.visits.bphs_visit_form import COLUMNS
from odoo.addons.bphs_service.tools.forms import missing
from odoo.addons.bphs_service.tools.scores import self_care

from .visits import Cared, draw_visits, forms_of

TABLE = "bphs_visit"
FOLLOWED = """
    SELECT r.id, r.institution_id, r.birth_date, greatest(r.birth_date, r.file_created_on),
           coalesce(array_agg(g.kind) FILTER (WHERE g.kind IS NOT NULL), '{}')
      FROM bphs_resident r
      LEFT JOIN bphs_resident_group g ON g.resident_id = r.id AND g.date_to IS NULL
     WHERE r.status = 'active' AND r.birth_date IS NOT NULL AND r.file_created_on IS NOT NULL
     GROUP BY r.id ORDER BY r.id
"""
LATEST = """
    UPDATE bphs_resident r SET last_service_on = v.latest
      FROM (SELECT resident_id, max(done_on) AS latest FROM bphs_visit WHERE state = 'done' AND NOT sensitive
             GROUP BY resident_id) v
     WHERE v.resident_id = r.id AND (r.last_service_on IS NULL OR r.last_service_on < v.latest)
"""
_HEAD = ("id", "resident_id", "template_id", "item_id", "sensitive", "state", "done_on", "entered_on", "mode",
         "face_to_face", "worker_id", "institution_id", "source")  # fmt: skip
_TAIL = ("answers", "is_complete", "missing", "score", "score_level", "is_scored", "create_uid", "create_date",
         "write_uid", "write_date")  # fmt: skip
_NUMBERS = {"integer": 0, "float": 0, "boolean": True}
_BLANK_SHARE = 12  # in every so many records a question stands open


def fill_visits(env, count: int | None = None, seed: int = 1, answers: bool = False) -> int:
    """Put records of three years into the database, in the order in which they were made, and count them.

    :param count: exactly so many; None: as many as the specification asks for
    :param answers: the rest of each form is answered too, not its columns alone
    """
    env.flush_all()
    today = env.user._county_today()
    people = [Cared(*row[:4], frozenset(row[4])) for row in env.execute_query(SQL(FOLLOWED))]
    rows = _Rows(env, answers)
    people = [person for person in people if forms_of(person, today)]
    stream = RowStream(copy_line(rows.row(record)) for record in draw_visits(people, today, count, seed))
    names = ", ".join(f'"{name}"' for name in (*_HEAD, *COLUMNS, *_TAIL))
    env.cr.copy_expert(f'COPY "{TABLE}" ({names}) FROM STDIN', stream, size=1 << 16)
    if rows.made:
        env.cr.execute(SQL("SELECT setval(%s, %s)", f"{TABLE}_id_seq", rows.last))
    env.cr.execute(SQL("ANALYZE bphs_visit"))
    env.cr.execute(SQL(LATEST))
    env.invalidate_all()
    return rows.made


class _Rows:
    """Makes a row of the table of each drawn record."""

    def __init__(self, env, answers):
        # sudo: whatever the form is for, its records are made
        templates = env["bphs.form.template"].sudo().search([("state", "=", "published")], order="version")
        self.forms = {template.code: _Form(template, answers) for template in templates}
        workers = env["bphs.worker"].sudo().search([], order="id desc")  # sudo: whoever works where
        self.worker_of = {worker.institution_id.id: worker.id for worker in workers}
        self.stamps = (env.uid, env.cr.now(), env.uid, env.cr.now())
        ((self.last,),) = env.execute_query(SQL("SELECT coalesce(max(id), 0) FROM bphs_visit"))
        self.made = 0

    def row(self, record):
        # One in ten left out, as years of use leave them.
        self.last += 2 if self.made % 10 == 9 else 1
        self.made += 1
        form, institution = self.forms[record.form], record.person.institution_id
        values = {name: value for name, value in record.values.items() if name in form.codes}
        answers, open_ = form.answered(values, self.made)
        return (
            *(self.last, record.person.resident_id, form.id, form.item_id, form.sensitive, "done", record.done_on),
            *(record.entered_on, record.mode, record.mode in FACE_TO_FACE, self.worker_of.get(institution)),
            *(institution, "imported", *(values.get(name) for name in COLUMNS), answers, not open_, open_),
            *(*form.scored(values), *self.stamps),
        )


class _Form:
    """A form, and its answers that say nothing much."""

    def __init__(self, template, answers):
        self.id, self.item_id, self.sensitive = template.id, template.item_id.id or None, template.sensitive
        self.questions = template._questions()
        self.codes = {question.code for question in self.questions}
        self.scale = template.scale
        self.usual = {}
        if answers:
            self.usual = {
                question.code: _usual(question)
                for question in template.question_ids
                if question.required and not question.when_code and question.code not in COLUMNS
            }
        self._known = {}

    def answered(self, values, number):
        """:return: (the answers beside the columns as JSON, codes of what stands open)"""
        left = list(self.usual)[number % len(self.usual)] if self.usual and number % _BLANK_SHARE == 0 else None
        key = (left, *((name, value if isinstance(value, str) else None) for name, value in values.items()))
        if key not in self._known:
            told = {code: answer for code, answer in values.items() if code not in COLUMNS}
            usual = {code: answer for code, answer in self.usual.items() if code != left} | told
            open_ = ",".join(missing(self.questions, usual | values))
            self._known[key] = (json.dumps(usual, ensure_ascii=False) if usual else None, open_)
        return self._known[key]

    def scored(self, values):
        """:return: (score, its level, whether there is one), as the record itself would reckon"""
        if self.scale != "self_care":
            return 0, None, False
        score = self_care([int(values[f"item_{number}"]) for number in range(1, 6)])
        return score.total, score.level, True


def _usual(question):
    if question.kind in ("selection", "tags"):
        first = question._choices()[0][0]
        return [first] if question.kind == "tags" else first
    if question.kind in _NUMBERS:
        return _NUMBERS[question.kind] or question.low
    return fields.Date.to_string(date(2025, 1, 1)) if question.kind == "date" else "无"
