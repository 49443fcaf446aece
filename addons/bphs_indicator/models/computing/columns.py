"""Who is in a set, by the columns of the sources, for a period that ends on a day."""

from datetime import date, timedelta

from odoo.tools import SQL

from odoo.addons.bphs_base.tools.months import born_by, months_before

from ...tools import sets
from ...tools.periods import window_start, year_start
from .asked import COLOURS, CONTRACTS, DUE, EPOCH, FINDINGS, GROUPS, REFERRALS, VISITS, Asked
from .mothers import Mothers

# Days of which 65 years surely are fewer, and of which they are more.
UNDER_65_YEARS, OVER_65_YEARS = timedelta(23738), timedelta(23745)


class Columns:
    """What a period asks of the sources."""

    def __init__(self, kind: str, last: date, asked: Asked):
        """
        :param kind: of the year the period is of
        :param asked: columns that all periods ask for, to be read in the same pass
        """
        self.kind, self.first, self.last, self.asked = kind, year_start(kind, last), last, asked
        self._mothers = f"mothers_{kind}"

    def _window(self, one):
        return window_start(self.last, one.months) if one.months else self.first

    # === WHO IS IN A SET === #

    def holds(self, one):
        """:param SetOf one: a set of people :return SQL: that a resident `r` is in it; negated never unknown"""
        found = {
            sets.AGE: self._age,
            sets.BORN: self._born,
            sets.GROUP: self._group,
            sets.FILE: self._file,
            sets.RECORDS: self._records,
            sets.LATEST: self._latest,
            sets.KEPT: self._kept,
            sets.MOTHER: self._mother,
            sets.SIGNED: self._signed,
            sets.COLOUR: self._colour,
        }[one.kind](one)
        return SQL("(%s) IS NOT TRUE", found) if one.negated else found

    def row_of(self, one):
        """:return: the source without whose row nobody is in a set; none where others may be too"""
        if one.negated or one.after_months:
            return None
        return {
            sets.GROUP: GROUPS,
            sets.RECORDS: VISITS,
            sets.LATEST: VISITS,
            sets.MOTHER: self._mothers,
            sets.SIGNED: CONTRACTS,
            sets.COLOUR: COLOURS,
        }.get(one.kind)

    def _age(self, one):
        if one.ages:
            return SQL("%s > 0", self._came_to(one.ages))
        young = SQL("r.birth_date <= %s::date", months_before(self.last, one.from_months))
        if not one.to_months:
            return young
        return SQL("r.birth_date > %s::date AND %s", months_before(self.last, one.to_months), young)

    def _came_to(self, ages):
        """:return SQL: how many of these ages, in months, a resident came to in the period"""
        before = date.fromordinal(self.first.toordinal() - 1)
        came = SQL(" + ").join(
            SQL(
                "CASE WHEN r.birth_date > %s::date AND r.birth_date <= %s::date THEN 1 ELSE 0 END",
                born_by(before, months),
                born_by(self.last, months),
            )
            for months in ages
        )
        # Most are older than all of them.
        return SQL("CASE WHEN r.birth_date > %s::date THEN %s ELSE 0 END", born_by(before, max(ages)), came)

    def _born(self, _one):
        return SQL("r.birth_date BETWEEN %s::date AND %s::date", self.first, self.last)

    def _group(self, one):
        joined = self._joined(one.group)
        if not one.months:
            return SQL("%s IS NOT NULL", joined)
        return SQL("%s <= %s::date", joined, months_before(self.last, one.months))

    def _joined(self, group):
        """:return SQL: since when a resident has been a member of a key group, on the last day; else unknown"""
        return self.asked.column(GROUPS, group, SQL("min(x.date_from) FILTER (WHERE x.kind = %s)", group))

    def _file(self, one):
        return {
            "standardised": SQL("r.standardised"),
            "in_use": SQL("greatest(r.last_service_on, r.file_created_on) > %s::date", months_before(self.last, 12)),
            "opened": SQL("r.opened_on <= %s::date", self.last),
            "had_id": SQL("r.id_index IS NOT NULL"),
        }[one.state]

    def _signed(self, _one):
        return SQL("%s", self.asked.column(CONTRACTS, "signed", SQL("TRUE")))

    def _colour(self, _one):
        return SQL("%s", self.asked.column(COLOURS, "rated", SQL("x.colour <> 'unrated'")))

    def _records(self, one):
        number = self._number(one.forms, _tests(one), self._window(one))
        if one.by_age or one.ages:
            enough = self._at_least(self._count(number), self._needed(one))
        elif one.by_month:
            enough = self._by_month(one, number)
        elif one.least > 1:
            enough = SQL("%s >= %s", self._count(number), one.least)
        else:
            enough = self.asked.seen(number)
        if not one.after_months:
            return enough
        return SQL("%s OR %s > %s::date", enough, self._joined(one.group), months_before(self.last, one.after_months))

    def _number(self, forms, tests, start):
        """:return int: the number of a kind of record, of those done since a day"""
        return self.asked.record(forms, tests | {("since", self.asked.since(VISITS, start))})

    def _count(self, number):
        return self.asked.column(
            VISITS, ("count", number), SQL("count(*) FILTER (WHERE %s)", self.asked.is_record(number))
        )

    def _at_least(self, count, needed):
        # What is needed is worked out only of whoever has any.
        return SQL("coalesce(%s, 0) > 0 AND %s >= %s", count, count, needed)

    def _by_month(self, one, number):
        months = self.asked.column(
            VISITS, ("months", number), SQL("bit_or(x.month) FILTER (WHERE %s)", self.asked.is_record(number))
        )
        many = SQL("bit_count(%s::bit(32))", months)
        needed = self._quarters_since(self._joined(one.group)) if one.pace else SQL("%s", one.least)
        return SQL("%s IS NOT NULL AND %s >= %s", months, many, needed)

    def _quarters_since(self, joined):
        """:return SQL: whole quarters from the month of a day, or of the period's start where that is later, to the
        last; not below one: whoever was not seen at all was not looked after
        """
        since, last = SQL("greatest(%s, %s::date)", joined, self.first), self.last.year * 12 + self.last.month
        most = (last - self.first.year * 12 - self.first.month + 1) // 3
        # Who joined before this day was there for so many.
        before = {quarters: divmod(last - 3 * quarters + 1, 12) for quarters in range(most, 1, -1)}
        cases = [
            SQL("WHEN %s < %s::date THEN %s", since, date(year, month + 1, 1), quarters)
            for quarters, (year, month) in before.items()
        ]
        return SQL("CASE %s ELSE 1 END", SQL(" ").join(cases)) if cases else SQL("1")

    def _needed(self, one):
        """:return SQL: how many records a resident needs for their age"""
        if one.ages:
            return SQL("greatest(1, %s)", self._came_to(one.ages))
        if not one.by_age_town:
            return self._needed_by_age(one.by_age)
        return SQL(
            "CASE WHEN r.institution_id = ANY(%s) THEN %s ELSE %s END",
            self.asked.town_ids,
            self._needed_by_age(one.by_age_town),
            self._needed_by_age(one.by_age),
        )

    def _needed_by_age(self, numbers):
        """Needed under one, two and three years of age; under one in proportion to the whole months lived."""
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
            for year, needed in enumerate(numbers)
        ]
        return SQL("CASE %s ELSE %s END", SQL(" ").join(cases), numbers[-1])

    def _latest(self, one):
        start = self.asked.since(VISITS, self._window(one))
        number = self.asked.record(one.forms, _tests(one) | {("measured", one.measure)})
        # All windows end on the same day, so that the latest of all is the latest of each it lies in.
        column = self.asked.column(
            VISITS,
            ("latest", number),
            SQL("max(%s) FILTER (WHERE %s)", SQL.identifier("x", one.measure), self.asked.is_record(number)),
        )
        # Of whoever has none nothing more is worked out: an unknown would not keep from it.
        measured = SQL("coalesce(%s, 0) >= %s::bigint << 34", column, (start - EPOCH).days)
        if one.state == sets.MEASURED:
            return measured
        bound = SQL("1")
        if one.measure == sets.PRESSURE:
            # Few come to their 65 years in the window: of these alone it is asked on which day.
            bound = SQL(
                "CASE WHEN r.birth_date < %s::date THEN 2 WHEN r.birth_date > %s::date THEN 1"
                # Counted back from the day: who was born on 29 February is 65 on 1 March.
                " WHEN r.birth_date <= (%s::date + (%s >> 34)::int - interval '65 years')::date THEN 2 ELSE 1 END",
                *(start - OVER_65_YEARS, self.last - UNDER_65_YEARS, EPOCH, column),
            )
        controlled = SQL("%s & %s > 0", column, bound)
        return SQL("%s AND %s", measured, controlled if one.state == sets.CONTROLLED else SQL("NOT %s", controlled))

    def _kept(self, one):
        """Nothing that these forms' clocks asked for in the period was left undone when its time was over."""
        self.asked.since(DUE, self.first)
        clocks = sorted({id_ for code in one.forms for id_ in self.asked.clocks.get(code, ())})
        kinds = ["recheck", "referral"] if one.state == sets.RECHECKS else ["due", "recheck", "referral"]
        left = self.asked.column(
            DUE,
            ("kept", tuple(clocks), one.state, self.first),
            SQL(
                "count(*) FILTER (WHERE (x.closed_on IS NULL OR x.closed_on > x.closes_on) AND x.due_on >= %s::date"
                " AND x.closes_on < %s::date AND (x.ends_on IS NULL OR x.ends_on >= x.closes_on)"
                " AND x.clock_id = ANY(%s) AND x.kind = ANY(%s))",
                *(self.first, self.last, clocks, kinds),
            ),
        )
        return SQL("(%s > 0) IS NOT TRUE", left)

    def _mother(self, one):
        mothers = self.asked.mothers.setdefault(self._mothers, Mothers(self.first, self.last, self.asked.forms))
        return mothers.holds(one, self._mothers)

    # === WHICH RECORDS ARE IN A SET === #

    def counts(self, unit, within, counted):
        """What is no person: of each resident, how many records, rows or referrals are in sets.

        :return: (SQL, SQL): of a resident `r`, how many are within, and how many of these are counted; unknown: none
        """
        if unit == "record":
            numbers = [self._number(*_together(part), self.first) for part in (within, (*within, *counted))]
            return tuple(SQL("%s", self._count(number)) for number in numbers)
        source, holds = {
            "due": (DUE, self._due),
            "referral": (REFERRALS, self._referral),
            "finding": (FINDINGS, self._finding),
        }[unit]
        start = self.asked.since(source, self.first)
        parts = []
        for part in (within, (*within, *counted)):
            held = SQL(" AND ").join(holds(one) for one in part)
            key = (tuple(one.code for one in part), start)
            column = self.asked.column(source, key, SQL("count(*) FILTER (WHERE %s)", held))
            parts.append(SQL("%s", column))
        return tuple(parts)

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


def _tests(one):
    """:return frozenset: what a record of a set must meet, beside being of its forms"""
    flags = [(name, True) for name in ("face_to_face", "complete") if getattr(one, name)]
    values = [
        (name, getattr(one, name)) for name in ("modes", "sources", "weeks_under", "answer") if getattr(one, name)
    ]
    return frozenset((*flags, *values, *([("measured", one.measure)] if one.measured else ())))


def _together(parts):
    """:return: (forms, tests) of the records that lie in all of some sets"""
    named = [one.forms for one in parts if one.forms]
    forms = tuple(code for code in named[0] if all(code in one for one in named)) if named else ()
    # No form is in all of them: then no record is either, and none of no name is.
    return forms or (("",) if named else ()), frozenset().union(*map(_tests, parts))
