"""What is asked of each source, a column each, so that every table is read once for all indicators.

A source is one aggregate of a table by resident; a set asks it for columns, and says with them who is in it.
"""

from datetime import date

from odoo.tools import SQL

from odoo.addons.bphs_base.tools.months import months_before

from ...tools import sets
from ...tools.periods import window_start, year_start

EPOCH = SQL("date '2000-01-01'")
# Whose pressure is judged by the higher bound (national specification, hypertension).
BOUNDS = SQL("CASE WHEN x.systolic < 140 AND x.diastolic < 90 THEN 1 ELSE 0 END"
             " + CASE WHEN x.systolic < 150 AND x.diastolic < 90 THEN 2 ELSE 0 END")  # fmt: skip
SUGAR = SQL("CASE WHEN x.fasting_glucose < 7.0 THEN 3 ELSE 0 END")
VALUES = {
    sets.PRESSURE: (SQL("x.systolic > 0 AND x.diastolic > 0"), BOUNDS),
    sets.GLUCOSE: (SQL("x.fasting_glucose > 0"), SUGAR),
}
VISITS, GROUPS, CONTRACTS, COLOURS, DUE, REFERRALS, FINDINGS = (
    *("visits", "groups", "contracts", "colours", "due", "referrals", "findings"),
)


class Columns:
    """Columns of all sources, and who is in a set by them, for a period that ends on a day."""

    def __init__(self, kind: str, last: date, forms: dict[str, int], asked: dict | None = None, earliest=None):
        """
        :param kind: of the year the period is of
        :param forms: code of a form -> ids of its versions
        :param asked: columns that other periods ask for, to be read in the same pass
        """
        self.first, self.last, self.forms = year_start(kind, last), last, forms
        self.asked = {} if asked is None else asked
        self.earliest = {} if earliest is None else earliest

    # === COLUMNS === #

    def column(self, source, key, expression):
        """:return SQL: the column of a source, asked for once however many sets need it"""
        columns = self.asked.setdefault(source, {})
        name, __ = columns.setdefault(key, (f"c{len(columns)}", expression))
        return SQL.identifier(source, name)

    def _since(self, source, day):
        self.earliest[source] = min(day, self.earliest.get(source, day))
        return day

    def _window(self, one):
        return window_start(self.last, one.months) if one.months else self.first

    # === WHO IS IN A SET === #

    def holds(self, one):
        """:param SetOf one: a set of people :return SQL: that a resident `r` is in it, never unknown"""
        found = {
            sets.AGE: self._age,
            sets.BORN: self._born,
            sets.GROUP: self._group,
            sets.FILE: self._file,
            sets.RECORDS: self._records,
            sets.LATEST: self._latest,
            sets.SIGNED: self._signed,
            sets.COLOUR: self._colour,
        }[one.kind](one)
        return SQL("(%s) IS NOT TRUE", found) if one.negated else found

    def _age(self, one):
        young = SQL("r.birth_date <= %s::date", months_before(self.last, one.from_months))
        if not one.to_months:
            return young
        return SQL("r.birth_date > %s::date AND %s", months_before(self.last, one.to_months), young)

    def _born(self, _one):
        return SQL("r.birth_date BETWEEN %s::date AND %s::date", self.first, self.last)

    def _group(self, one):
        joined = self._joined(one.group)
        if not one.months:
            return SQL("%s IS NOT NULL", joined)
        return SQL("%s <= %s::date", joined, months_before(self.last, one.months))

    def _joined(self, group):
        """:return SQL: since when a resident has been a member of a key group, on the last day; else unknown"""
        return self.column(GROUPS, group, SQL("min(x.date_from) FILTER (WHERE x.kind = %s)", group))

    def _file(self, one):
        return {
            "standardised": SQL("r.standardised"),
            "in_use": SQL("greatest(r.last_service_on, r.file_created_on) > %s::date", months_before(self.last, 12)),
            "opened": SQL("r.opened_on <= %s::date", self.last),
            "had_id": SQL("r.id_index IS NOT NULL"),
        }[one.state]

    def _signed(self, _one):
        return SQL("%s", self.column(CONTRACTS, "signed", SQL("TRUE")))

    def _colour(self, _one):
        return SQL("%s <> 'unrated'", self.column(COLOURS, "colour", SQL("min(x.colour)")))

    def _records(self, one):
        start = self._since(VISITS, self._window(one))
        asked = SQL("%s AND x.done_on >= %s::date", self.record(one), start)
        if one.by_age:
            return self._by_age(one, asked, start)
        if not one.by_month:
            count = self.column(VISITS, (one.code, start), SQL("count(*) FILTER (WHERE %s)", asked))
            return SQL("%s >= %s", count, one.least)
        months = self.column(
            VISITS,
            (one.code, start),
            SQL("bit_or(1 << date_part('month', x.done_on)::int) FILTER (WHERE %s)", asked),
        )
        many = SQL("bit_count(coalesce(%s, 0)::bit(32))", months)
        if not one.pace:
            return SQL("%s >= %s", many, one.least)
        # Not below one: whoever was not seen at all was not looked after.
        joined = SQL("greatest(%s, %s::date)", self._joined(one.group), self.first)
        whole = SQL(
            "(%s - date_part('year', %s)::int * 12 - date_part('month', %s)::int + 1) / 3",
            self.last.year * 12 + self.last.month,
            joined,
            joined,
        )
        return SQL("%s >= greatest(1, %s)", many, whole)

    def _by_age(self, one, asked, start):
        """Needed under one, two and three years of age; under one in proportion to the whole months lived."""
        count = self.column(VISITS, (one.code, start), SQL("count(*) FILTER (WHERE %s)", asked))
        cases = [
            SQL(
                "WHEN r.birth_date > %s::date THEN %s",
                months_before(self.last, 12 * (year + 1)),
                SQL(
                    "greatest(1, %s * (%s - date_part('year', r.birth_date)::int * 12"
                    " - date_part('month', r.birth_date)::int) / 12)",
                    needed,
                    self.last.year * 12 + self.last.month,
                )
                if not year
                else SQL("%s", needed),
            )
            for year, needed in enumerate(one.by_age)
        ]
        return SQL("%s >= CASE %s ELSE %s END", count, SQL(" ").join(cases), one.by_age[-1])

    def _latest(self, one):
        start = self._since(VISITS, self._window(one))
        measured, judged = VALUES[one.measure]
        # Day, id and what the bounds say in one number, whose greatest is that of the latest record.
        value = SQL(
            "max(((x.done_on - %s)::bigint << 34) | (x.id::bigint << 2) | (%s)::bigint)"
            " FILTER (WHERE %s AND x.done_on >= %s::date AND %s)",
            EPOCH,
            judged,
            self._of_forms(one.forms),
            start,
            measured,
        )
        column = self.column(VISITS, (one.measure, one.forms, start), value)
        if one.state == sets.MEASURED:
            return SQL("%s IS NOT NULL", column)
        controlled = SQL(
            "%s & CASE WHEN r.birth_date + interval '65 years' <= %s + (%s >> 34)::int THEN 2 ELSE 1 END > 0",
            column,
            EPOCH,
            column,
        )
        if one.state == sets.CONTROLLED:
            return controlled
        return SQL("%s IS NOT NULL AND NOT %s", column, controlled)

    # === WHICH RECORDS ARE IN A SET === #

    def record(self, one):
        """:return SQL: that a service record `x` is in it"""
        parts = []
        if one.forms:
            parts.append(self._of_forms(one.forms))
        if one.face_to_face:
            parts.append(SQL("x.face_to_face"))
        if one.complete:
            parts.append(SQL("x.is_complete"))
        if one.modes:
            parts.append(SQL("x.mode = ANY(%s)", list(one.modes)))
        if one.sources:
            parts.append(SQL("x.source = ANY(%s)", list(one.sources)))
        if one.weeks_under:
            parts.append(SQL("x.weeks BETWEEN 1 AND %s", one.weeks_under - 1))
        if one.answer:
            code, __, value = one.answer.partition("=")
            told = SQL("x.answers ->> %s", code)
            parts.append(SQL("%s = %s", told, value) if value else SQL("%s IS NOT NULL", told))
        return SQL(" AND ").join(parts) if parts else SQL("TRUE")

    def _of_forms(self, codes):
        ids = sorted(id_ for code in codes for id_ in self.forms.get(code, ()))
        if not ids:
            return SQL("FALSE")
        # Asked of every record for every column: an array would be unpacked each time.
        return SQL("(%s)", SQL(" OR ").join(SQL("x.template_id = %s", id_) for id_ in ids))

    def counts(self, unit, within, counted):
        """What is no person: of each resident, how many records, rows or referrals are in sets.

        :return: (SQL, SQL): of a resident `r`, how many are within, and how many of these are counted
        """
        source, holds = {
            "record": (VISITS, self._record_of_period),
            "due": (DUE, self._due),
            "referral": (REFERRALS, self._referral),
            "finding": (FINDINGS, self._finding),
        }[unit]
        base = SQL(" AND ").join(holds(one) for one in within)
        all_ = SQL(" AND ").join(holds(one) for one in (*within, *counted))
        start = self._since(source, self.first)
        key = tuple(one.code for one in within)
        whole = self.column(source, (key, start), SQL("count(*) FILTER (WHERE %s)", base))
        key = (key, tuple(one.code for one in counted), start)
        part = self.column(source, key, SQL("count(*) FILTER (WHERE %s)", all_))
        return SQL("coalesce(%s, 0)", whole), SQL("coalesce(%s, 0)", part)

    def _record_of_period(self, one):
        return SQL("%s AND x.done_on >= %s::date", self.record(one), self.first)

    def _due(self, one):
        if one.state == sets.IN_TIME:
            return SQL("x.closed_on <= least(x.closes_on, %s::date)", self.last)
        return SQL("x.due_on >= %s::date", self.first)

    def _referral(self, one):
        if one.state == sets.ARRIVED:
            return SQL("coalesce(x.received_on, x.answered_on) <= %s::date", self.last)
        return SQL("x.sent_on >= %s::date", self.first)

    def _finding(self, one):
        if one.state == sets.HANDLED:
            return SQL("x.handled_on <= %s::date", self.last)
        return SQL("x.found_on >= %s::date", self.first)
