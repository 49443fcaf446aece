from markupsafe import Markup, escape

from odoo import api, fields, models

from ...tools.grading.late import entered_late
from ...tools.grading.rules import DECISIONS
from ..facts.records import record_of
from ..rulesets.bphs_elderly_condition import CODE_KINDS

# A colour is never told by colour alone.
SHAPES = {"red": "▲", "yellow": "◆", "green": "●", "unrated": "○"}


class BphsElderlyReasonsMixin(models.AbstractModel):
    """A grading in words: its colour as word and shape, its reasons and the facts of each, which open to their records.

    Where a rule looks for severe mental illness or tuberculosis beside other things, its text would name them to people
    who are not graded by them: its facts are told in place of it.
    """

    _name = "bphs.elderly.reasons.mixin"
    _description = "Reasons of a Grading in Words"

    colour_words = fields.Char(string="Colour of the Elder", compute="_compute_words")
    reason_words = fields.Text(string="Reasons", compute="_compute_words")
    action_words = fields.Text(string="What to Do", compute="_compute_words")
    reason_html = fields.Html(string="Reasons and Facts", compute="_compute_words", sanitize=False)

    @api.depends_context("lang", "told_to_elder")
    def _compute_words(self):
        colours = dict(self._fields["colour"]._description_selection(self.env))
        rules, named, held = {}, {}, self._held_up_by()
        rulesets = self.sudo().ruleset_id  # sudo: whoever may read a grading may read by which rules
        for ruleset in rulesets.union(*(row.ruleset_id for row, _hits in held.values())):
            rules |= {(ruleset.id, rule.code): rule for rule in ruleset.rule_ids}
            named[ruleset.id] = ruleset._rules_for_named()
        names, late = self._names_of_facts(), self._facts_entered_late()
        for record in self:
            stored = record.sudo()  # sudo: what is kept for the rules is told in words alone
            facts = stored.facts or {}
            reasons, pages, deeds = [], [], []
            row, hits = held.get(record, (None, ()))
            for code, colour, because in hits:
                rule = rules.get((row.ruleset_id.id, code))
                told = {id_: self._fact_words(row.facts[id_], names) for id_ in because if id_ in (row.facts or {})}
                of_named = code in named.get(row.ruleset_id.id, ())
                if text := "、".join(told.values()) if of_named or not rule else rule.text:
                    text = self._words_not_so_any_more(text)
                    reasons.append(f"{SHAPES[colour]} {text}")
                    pages.append(_page(SHAPES[colour], text, told))
                deeds += [rule.action] if rule else []
            for code, colour, because in stored.hits or ():
                rule = rules.get((stored.ruleset_id.id, code))
                told = {
                    id_: self._fact_words(facts[id_], names, late.get((record, id_))) for id_ in because if id_ in facts
                }
                of_named = code in named.get(stored.ruleset_id.id, ())
                text = "、".join(told.values()) if of_named or not rule else rule.text
                if rule and not of_named and (entered := [late[record, id_] for id_ in told if (record, id_) in late]):
                    text = self.env._("%(reason)s (entered late, on %(day)s)", reason=text, day=entered[0])
                reasons.append(f"{SHAPES[colour]} {text}")
                if rule and colour == stored.colour:
                    deeds.append(rule.action)
                pages.append(_page(SHAPES[colour], text, told))
            record.colour_words = f"{SHAPES[stored.colour]} {colours[stored.colour]}" if stored.colour else ""
            record.reason_words = "\n".join(reasons)
            record.action_words = "\n".join(dict.fromkeys(deeds))
            record.reason_html = Markup("").join(pages) if pages else False

    def _words_not_so_any_more(self, reason):
        if self.env.context.get("told_to_elder"):
            return self.env._(
                "%(reason)s (it has changed; the colour follows once your doctor confirms it)", reason=reason
            )
        return self.env._(
            "%(reason)s (not so any more; the colour stands until a team leader confirms a better one)", reason=reason
        )

    def _held_up_by(self):
        """What once made a colour that stands on though the rules find something better today, or nothing.

        :return dict: record -> (the row of history that found it last, its hits of the colour)
        """
        stored = self.sudo()  # sudo: what is kept for the rules is told in words alone
        asked = stored.filtered(
            lambda one: one.colour in DECISIONS and all(colour != one.colour for _code, colour, _ids in one.hits or ())
        )
        found = {}
        if not asked:
            return found
        history = stored.env["bphs.elderly.grading"].search(
            [("resident_id", "in", asked.resident_id.ids), ("grade", "in", DECISIONS)], order="date_from, sequence"
        )
        rows = history.grouped(lambda row: (row.resident_id, row.whole, row.grade))
        for record in asked:
            # One that begins with all facts begins where the one that everybody is told of stood.
            for whole in (True, False) if record.whole else (False,):
                past = rows.get((record.resident_id, whole, record.colour), history.browse())
                if row := past.filtered(record._may_be_held_up_by)[-1:]:
                    hits = [hit for hit in row.hits or () if hit[1] == record.colour and record._is_held_up_by(hit)]
                    found[record.with_env(self.env)] = (row, hits)
                    break
        return found

    def _may_be_held_up_by(self, row):
        """Whether a row of history comes no later than this."""
        return True

    def _is_held_up_by(self, hit):
        """Whether what was hit then holds the colour up still."""
        return True

    def _late_from(self):
        """:return dict: record -> the day from which it stands, where something stood before it"""
        return {}

    def _facts_entered_late(self):
        """:return dict: (record, id of a fact) -> the day it was entered, of what had been so before that day"""
        since, asked, found = self._late_from(), {}, {}
        for record, day in since.items():
            for id_, (_kind, _what, _word, from_, _until) in (record.sudo().facts or {}).items():  # sudo: see above
                if from_ < day.isoformat():
                    asked.setdefault(record_of(id_), []).append((record, id_, fields.Date.to_date(from_)))
        by_model = {}
        for model, record_id in asked:
            by_model.setdefault(model, []).append(record_id)
        for model, ids in by_model.items():
            if "entered_on" not in self.env[model]._fields:
                continue
            # sudo: when it was entered is told with the fact itself; what once was a fact is never deleted
            for entry in self.env[model].sudo().browse(ids):
                for record, id_, from_ in asked[model, entry.id]:
                    if entry.entered_on and entered_late(from_, entry.entered_on, since[record]):
                        found[record, id_] = entry.entered_on
        return found

    def _names_of_facts(self):
        """:return: (facts, words, codes) -> what each is called"""
        condition = self.env["bphs.elderly.condition"]
        # sudo: names are no secret
        codes = {(row.kind, row.code): row.name for row in self.env["bphs.elderly.code"].sudo().search([])}
        return (
            dict(condition._fields["fact"]._description_selection(self.env)),
            dict(condition._fields["word"]._description_selection(self.env)),
            codes,
        )

    def _fact_words(self, fact, names, late=None):
        """:param late: the day on which it was entered, where that was later"""
        words = self._fact_on_its_day(fact, names)
        return self.env._("%(fact)s, entered late on %(day)s", fact=words, day=late) if late else words

    def _fact_on_its_day(self, fact, names):
        kind, what, word, day, until = fact
        facts, words, codes = names
        if kind == "r":
            name = codes.get((CODE_KINDS[what], word), word)
        elif kind == "e":
            name = facts["exam"] if word == "exam" else codes.get(("event", word), word)
        elif kind == "c":
            name = f"{codes.get(('condition', what), what)} {words[word]}"
        else:
            name = f"{facts[what]} {words.get(word, word)}"
        if kind in ("r", "m") and until:
            return self.env._("%(fact)s (%(day)s to %(until)s)", fact=name, day=day, until=until)
        if kind == "r":
            return self.env._("%(fact)s (since %(day)s)", fact=name, day=day)
        return self.env._("%(fact)s (%(day)s)", fact=name, day=day)


def _page(shape, text, told):
    links = Markup("、").join(
        Markup('<a href="/odoo/%s/%s">%s</a>') % (*record_of(id_), words) for id_, words in told.items()
    )
    return Markup('<p class="mb-1">%s %s<br/><small>%s</small></p>') % (shape, escape(text), links)
