from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL

from odoo.addons.bphs_resident.models.mixins.bphs_spread_ids_mixin import spread_id

from ...tools import findings_follow as rules

# Records that findings have to do with: of a form with rules, and of whoever has a finding open or may get one here.
CONCERNED = """
    WITH made AS (
        SELECT v.id, v.resident_id, v.done_on, t.code = ANY(%(forms)s) AS asks
          FROM bphs_visit v JOIN bphs_form_template t ON t.id = v.template_id WHERE v.id = ANY(%(visits)s)
    )
    SELECT id FROM made
     WHERE asks OR resident_id IN (SELECT resident_id FROM made WHERE asks)
        OR EXISTS (SELECT FROM bphs_finding f WHERE f.resident_id = made.resident_id AND f.state = 'open'
                      AND f.code IS NOT NULL AND f.found_on <= made.done_on)
     ORDER BY id
"""
STANDING = """
    SELECT f.id, f.resident_id, f.code, f.visit_id, f.found_on, f.questions, f.state = 'open',
           coalesce(exam.sensitive AND r.restricted IS NOT TRUE, FALSE)
      FROM bphs_finding f
      JOIN bphs_resident r ON r.id = f.resident_id
      LEFT JOIN bphs_visit exam ON exam.id = f.visit_id
     WHERE f.code IS NOT NULL AND f.state <> 'voided' AND f.resident_id = ANY(%(people)s)
       AND (f.state = 'open' OR f.visit_id = ANY(%(visits)s))
     ORDER BY f.severity, f.due_on, f.resident_id, f.id
"""
INSERT = """
    INSERT INTO bphs_finding (id, %(names)s, create_uid, create_date, write_uid, write_date)
    SELECT %(new_id)s, %(values)s, %(uid)s, %(now)s, %(uid)s, %(now)s
      FROM (SELECT %(unnested)s) n
    RETURNING id
"""
UPDATE = """
    UPDATE bphs_finding f SET %(sets)s, write_uid = %(uid)s, write_date = %(now)s
      FROM (SELECT unnest(%(ids)s::int[]) AS id, %(unnested)s) n WHERE f.id = n.id
"""
TOLD = {
    "rule_id": "int",
    "name": "varchar",
    "severity": "varchar",
    "value_words": "varchar",
    "questions": "varchar",
    "due_on": "date",
    "condition": "varchar",
}
SEEN = {"last_visit_id": "int", "last_words": "varchar"}
CLOSED = {"state": "varchar", "handling": "varchar", "handled_on": "date", "handled_by_id": "int"}
VOIDED = {"state": "varchar"}
FOUND = {"resident_id": "int", "visit_id": "int", "code": "varchar", "found_on": "date", "worker_id": "int"}
NEW = {**FOUND, **TOLD, **SEEN, **CLOSED}


class BphsFinding(models.Model):
    """Findings follow from service records: found in an exam, seen again in whatever measures the same later."""

    _inherit = "bphs.finding"

    # Callers are the system: what is abnormal follows from the record, whoever entered it.

    @api.model
    def _follow(self, visits):
        """Bring findings to what these records say, one or many: in as many statements for many as for one.

        What somebody handled stays as they left it.
        """
        by_form = self.env["bphs.finding.rule"]._all()._by_form()
        self.env.flush_all()
        query = SQL(CONCERNED, forms=list(by_form), visits=list(visits.ids))
        concerned = visits.browse([id_ for (id_,) in self.env.execute_query(query)])
        if not concerned:
            return
        exams = [
            rules.Exam(
                visit.id,
                visit.resident_id.id,
                visit.template_id.code,
                visit.done_on,
                visit._given(),
                visit.resident_id.sex,
                visit.sensitive and not visit.resident_id.restricted,
            )
            for visit in concerned
        ]
        people = concerned.resident_id.ids
        rows = self.env.execute_query(SQL(STANDING, people=people, visits=list(concerned.ids)))
        standing = [rules.Standing(*row[:5], tuple((row[5] or "").split()), *row[6:]) for row in rows]
        self._store(rules.follow(exams, standing, by_form), {visit.id: visit for visit in concerned})

    def _store(self, touched, visits):
        """Keep what came of following records, each kind of change in one statement.

        :param touched: list of `tools.findings_follow.Standing`
        :param visits: dict of record id -> the record
        """
        told, seen, closed, voided, new = {}, {}, {}, {}, []
        own = self.env["bphs.visit"]._own_worker().id
        for one in touched:
            values = visits[one.exam]._finding_values(one.found) if one.found else {}
            shown = visits[one.seen]._seen_values(one.questions) if one.seen else {}
            done = visits[one.seen]._rechecked_values() if one.closed else {}
            if one.id is None:
                exam = visits[one.exam]
                where = {"resident_id": one.person, "visit_id": one.exam, "code": one.code, "found_on": one.day}
                new.append({"state": "open", **where, "worker_id": exam.worker_id.id or own, **values, **shown, **done})
                continue
            gone = {"state": "voided"} if one.voided else {}
            for changes, change in ((told, values), (seen, shown), (closed, done), (voided, gone)):
                if change:
                    changes[one.id] = change
        for changes, kinds in ((told, TOLD), (seen, SEEN), (closed, CLOSED), (voided, VOIDED)):
            self._update_set(changes, kinds)
        made = self._insert_set(new)
        self.invalidate_model(flush=False)
        for name in ("bphs.visit", "bphs.resident"):
            self.env[name].invalidate_model(["finding_ids"], flush=False)
        moved = self.browse([*made, *closed, *voided])
        moved._tell_waiting()
        (moved | self.browse([*told, *seen])).resident_id._on_facts_changed()

    def _insert_set(self, rows):
        if not rows:
            return []
        names = SQL(", ").join(map(SQL.identifier, NEW))
        values = SQL(", ").join(SQL("n.%s", SQL.identifier(name)) for name in NEW)
        stamp = {"uid": self.env.uid, "now": fields.Datetime.now(), "new_id": spread_id(self._table)}
        query = SQL(INSERT, names=names, values=values, unnested=_unnested(rows, NEW), **stamp)
        return [id_ for (id_,) in self.env.execute_query(query)]

    def _update_set(self, changes, kinds):
        if not changes:
            return
        sets = SQL(", ").join(SQL("%s = n.%s", SQL.identifier(name), SQL.identifier(name)) for name in kinds)
        stamp = {"uid": self.env.uid, "now": fields.Datetime.now()}
        unnested = _unnested(list(changes.values()), kinds)
        self.env.cr.execute(SQL(UPDATE, sets=sets, ids=list(changes), unnested=unnested, **stamp))

    @api.model
    def _forget(self, visits):
        """These records count no more: what they closed is open again."""
        rechecked = self.search([("last_visit_id", "in", visits.ids)])
        closed_by = rechecked.filtered(lambda finding: finding.state == "closed" and finding.handling == "rechecked")
        closed_by._take_step("reopen", {"handling": False, "handled_on": False, "handled_by_id": False})
        rechecked._write_state({"last_visit_id": False, "last_words": False})


def _unnested(rows, kinds):
    return SQL(", ").join(
        SQL("unnest(%s::%s[]) AS %s", [row.get(name) or None for row in rows], SQL(kind), SQL.identifier(name))
        for name, kind in kinds.items()
    )


class BphsVisit(models.Model):
    _inherit = "bphs.visit"

    def _given(self):
        """:return dict: the answers, and what follows from them, as rules of findings read them"""
        return {**self._answers(), "bmi": self.bmi or None, "mmse_level": self.mmse_level or None}

    def _words_of_answers(self, codes):
        """:return str: what was answered, in the words of the form"""
        questions = {question.code: question for question in self.template_id.question_ids}
        given, told = self._given(), []
        for code in dict.fromkeys(codes):
            answer, question = given.get(code), questions.get(code)
            field = None if question else self._fields[code]
            name = question.name if question else field._description_string(self.env)
            words = dict(question._choices()) if question else {}
            if field and field.type == "selection":
                words = dict(field._description_selection(self.env))
            if isinstance(answer, float):
                answer = f"{answer:g}"
            told.append(f"{name} {words.get(answer, answer)} {(question and question.unit) or ''}".strip())
        return "；".join(told)

    def _seen_values(self, questions):
        return {"last_visit_id": self.id, "last_words": self._words_of_answers(questions)}

    def _rechecked_values(self):
        return {
            "state": "closed", "handling": "rechecked", "handled_on": self.done_on, "handled_by_id": self.env.uid,
        }  # fmt: skip

    def _finding_values(self, found):
        rule = self.env["bphs.finding.rule"].browse(found.rule.id).sudo()  # sudo: the county's rules
        asked = rules.asked(found)
        seen = self._words_of_answers(asked)
        if rule.words_code and (words := self._given().get(rule.words_code)):
            seen = f"{seen}：{words}"
        return {
            "rule_id": rule.id,
            "name": rule.name,
            "severity": rule.severity,
            "value_words": seen[:300],
            "questions": " ".join(asked),
            "due_on": self.done_on + timedelta(days=rule.days),
            "condition": rule.condition or None,
        }
