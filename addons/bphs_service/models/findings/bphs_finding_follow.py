from datetime import timedelta

from odoo import api, models

from ...tools import findings as rules


class BphsFinding(models.Model):
    """Findings follow from service records: found in an exam, seen again in whatever measures the same later."""

    _inherit = "bphs.finding"

    # Callers are the system: what is abnormal follows from the record, whoever entered it.

    @api.model
    def _find_in(self, visit):
        """Bring the findings of a record to what its answers say; what somebody handled stays as they left it."""
        given, sex = visit._given(), visit.resident_id.sex
        of_form = self.env["bphs.finding.rule"]._of_form(visit.template_id.code)
        found = rules.findings(of_form._core(), given, sex)
        standing = {
            finding.code: finding for finding in visit.finding_ids if finding.state != "voided" and finding.code
        }
        for code, finding in standing.items():
            if code not in found:
                finding._take_step("void")
            elif finding.state == "open":
                finding._write_state(visit._finding_values(found[code]))
        known = self._open_of(visit).filtered(lambda finding: finding.code in found)
        new = [code for code in found if code not in standing and code not in known.mapped("code")]
        return self.create(
            [
                {
                    **visit._finding_values(found[code]),
                    "resident_id": visit.resident_id.id,
                    "visit_id": visit.id,
                    "code": code,
                    "found_on": visit.done_on,
                }
                for code in new
            ]
        )

    @api.model
    def _recheck_by(self, visit):
        """What was abnormal before and is measured again: as it should be, it is closed; else what is seen is told."""
        all_rules = self.env["bphs.finding.rule"]._all()
        core, given = all_rules._core(), visit._given()
        again = rules.findings(core, given, visit.resident_id.sex)
        for finding in self._open_of(visit):
            hit = (finding.questions or "").split()
            if not rules.is_asked_again(core, finding.code, hit, given):
                continue
            seen = {"last_visit_id": visit.id, "last_words": visit._words_of_answers(hit)}
            if finding.code in again:
                finding._write_state(seen)
            else:
                done = {"handling": "rechecked", "handled_on": visit.done_on, "handled_by_id": self.env.uid}
                finding._take_step("close", {**seen, **done})

    @api.model
    def _open_of(self, visit):
        """:return: what was found of this resident before, elsewhere, by a rule, and is open"""
        return self.search(
            [
                ("resident_id", "=", visit.resident_id.id),
                ("visit_id", "!=", visit.id),
                ("found_on", "<=", visit.done_on),
                ("code", "!=", False),
                ("state", "=", "open"),
            ]
        )

    @api.model
    def _forget(self, visits):
        """These records count no more: what they closed is open again."""
        rechecked = self.search([("last_visit_id", "in", visits.ids)])
        closed_by = rechecked.filtered(lambda finding: finding.state == "closed" and finding.handling == "rechecked")
        closed_by._take_step("reopen", {"handling": False, "handled_on": False, "handled_by_id": False})
        rechecked._write_state({"last_visit_id": False, "last_words": False})


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

    def _finding_values(self, found):
        rule = self.env["bphs.finding.rule"].browse(found.rule.id).sudo()  # sudo: the county's rules
        asked = list(dict.fromkeys(hit.question for hit in found.hits))
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
            "condition": rule.condition,
        }
