from odoo import api, models
from odoo.tools import SQL

from ...tools.periods import CALENDAR, KINDS
from ..definitions.bphs_indicator import APART, COUNTED
from .asked import COLOURS, CONTRACTS, DUE, FINDINGS, GROUPS, REFERRALS, VISITS, WORD, Asked, chosen
from .columns import Columns

# What follows from a record for named persons is in no figure of somebody whom everybody sees, as in no list of theirs.
SEEN = """(SELECT told.sensitive AND NOT who.restricted FROM bphs_visit told
             JOIN bphs_resident who ON who.id = told.resident_id WHERE told.id = x.visit_id) IS NOT TRUE"""
# Of each source: the table, what of it counts by a day, and the column its rows are dated by.
SOURCES = {
    VISITS: ("bphs_visit", "", ""),  # read as `Asked.visits` says
    GROUPS: (
        "bphs_resident_group",
        "x.date_from <= %(last)s::date AND (x.date_to IS NULL OR x.date_to >= %(last)s::date)",
        "",
    ),
    CONTRACTS: (
        "bphs_contract",
        "x.state NOT IN ('review', 'refused') AND x.date_from <= %(last)s::date AND x.until > %(last)s::date",
        "",
    ),
    COLOURS: ("bphs_elderly_standing", "NOT x.whole", ""),
    DUE: ("bphs_followup", "x.due_on <= %(last)s::date", "x.due_on"),
    REFERRALS: ("bphs_referral", f"x.state <> 'withdrawn' AND x.sent_on <= %(last)s::date AND {SEEN}", "x.sent_on"),
    FINDINGS: ("bphs_finding", f"x.found_on <= %(last)s::date AND {SEEN}", "x.found_on"),
}
MODELS = (
    *("bphs.resident", "bphs.resident.group", "bphs.visit", "bphs.contract", "bphs.elderly.standing"),
    *("bphs.followup", "bphs.referral", "bphs.finding", "bphs.clock", "bphs.form.template"),
)
# Of these the database holds that a person has one row at most.
ONE_EACH = (CONTRACTS, COLOURS)
# They look after a town: its children are seen more often (4:2:1, and 3:2:1 in the country).
TOWN_KINDS = ("community_centre", "community_station")
# Who is counted where they live on a day, and files that others were merged into once.
HERE = "(r.status = 'active' OR r.status <> 'merged' AND r.status_date > %(last)s::date)"


class BphsIndicatorCounter(models.AbstractModel):
    """Counts all indicators of a day in one statement: each table is read once, into one row a resident; of each is
    worked out once in which sets they are, and these are summed by institution. The list behind a figure is the same
    rows, not summed.
    """

    _name = "bphs.indicator.counter"
    _description = "Counting of Indicators"

    @api.model
    def _counts(self, indicators, last):
        """Count indicators from the records, on a day, of the whole county.

        :param indicators: `bphs.indicator`, those that are counted
        :param date last: the last day of the period
        :return: dict of indicator id -> {(institution id, for named persons alone): (numerator, denominator)}
        """
        indicators = indicators.filtered(lambda one: one.source == COUNTED)
        if not indicators:
            return {}
        self._flush()
        asked = self._asked()
        periods = {kind: Columns(kind, last, asked) for kind in KINDS}
        people = People()
        figures = {one.id: people.figures(one, periods[one.period_kind or CALENDAR]) for one in indicators}
        # Compiling so wide a statement takes longer than running it; what is summed by resident fits into memory.
        self.env.cr.execute(SQL("SET LOCAL jit = off; SET LOCAL work_mem = '192MB'"))
        rows = self.env.execute_query(people.statement(self._residents(asked, last)))
        found = {indicator.id: {} for indicator in indicators}
        for institution, restricted, *values in rows:
            for id_, (whole, part) in figures.items():
                counted = (int(values[part] or 0), int(values[whole] or 0))
                if any(counted):
                    found[id_][institution, bool(restricted)] = counted
        return found

    @api.model
    def _who(self, indicator, last, counted):
        """The people of one part of a figure, by the statement that counts it.

        :param bool counted: those in the numerator; else those of the denominator who are not
        :return SQL: a select of their ids
        """
        self._flush()
        asked = self._asked()
        wanted = _listed(indicator, Columns(indicator.period_kind or CALENDAR, last, asked), counted)
        return SQL("SELECT r.id FROM %s AND %s", self._residents(asked, last), wanted)

    # === HELPERS === #

    def _flush(self):
        for name in MODELS:
            self.env[name].flush_model()

    def _asked(self):
        # sudo: forms and clocks tell of nobody, and who looks after a town is no secret
        forms = dict(self.env["bphs.form.template"].sudo()._read_group([], ["code"], ["id:array_agg"]))
        clocks = {}
        for clock in self.env["bphs.clock"].sudo().search([("form_codes", "!=", False)]):  # sudo: as above
            for code in (clock.form_codes or "").split():
                clocks.setdefault(code, []).append(clock.id)
        towns = self.env["bphs.institution"].sudo().search([("kind", "in", TOWN_KINDS)])  # sudo: as above
        return Asked(forms, clocks, towns.ids)

    def _residents(self, asked, last):
        """:return SQL: residents `r` who are counted on a day, beside a row of each source that anything asks of"""
        sources = {source: self._source(asked, source, last) for source in asked.columns}
        sources |= {source: mothers.statement() for source, mothers in asked.mothers.items()}
        # The widest last: what is joined is handed on through all that are joined after it.
        sources = dict(sorted(sources.items(), key=lambda told: len(asked.columns.get(told[0], ()))))
        joined = SQL(" ").join(
            SQL(
                "LEFT JOIN (%s) %s ON %s = r.id",
                told,
                SQL.identifier(source),
                SQL.identifier(source, "resident_id"),
            )
            for source, told in sources.items()
        )
        return SQL("bphs_resident r %s WHERE %s", joined, SQL(HERE, last=last))

    def _source(self, asked, source, last):
        columns = SQL(", ").join(
            SQL("%s AS %s", expression, SQL.identifier(name)) for name, expression in asked.columns[source].values()
        )
        if source == VISITS:
            return SQL("SELECT x.resident_id, %s FROM %s GROUP BY x.resident_id", columns, asked.visits(last))
        table, counts, dated = SOURCES[source]
        where = SQL(counts, last=last)
        if dated and source in asked.earliest:
            where = SQL("%s AND %s >= %s::date", where, SQL(dated), asked.earliest[source])  # pylint: disable=sql-injection
        told = SQL("SELECT x.resident_id, %s FROM %s x WHERE %s", columns, SQL.identifier(table), where)
        return told if source in ONE_EACH else SQL("%s GROUP BY x.resident_id", told)


class People:
    """In which sets residents are, a bit each, and the sums that figures make of them."""

    def __init__(self):
        self.sets, self.units, self.sums, self._known = {}, [], [], {}

    def figures(self, indicator, columns):
        """:return: (denominator, numerator): which of the sums they are"""
        within = [one._core() for one in indicator.within_ids]
        counted = [one._core() for one in indicator.counted_ids]
        if indicator.unit != "person":
            return tuple(self._sum_of(told) for told in columns.counts(indicator.unit, within, counted))
        over = [one._core() for one in indicator.over_ids] if indicator.over == APART else within
        return self._people_in(over, columns), self._people_in([*within, *counted], columns)

    def statement(self, residents):
        """:return SQL: a row of each institution, of files for all and of those for named persons, with all sums

        Residents who are in the same sets are counted together first: the sums are made of these, who are few.
        """
        bits = [SQL.identifier(f"in{word}") for word in range((len(self.sets) - 1) // WORD + 1)]
        units = [SQL.identifier(f"n{at}") for at in range(len(self.units))]
        alike = SQL(", ").join([SQL("institution_id"), SQL("restricted"), *bits])
        return SQL(
            """SELECT institution_id, restricted, %s
                 FROM (SELECT %s, count(*)::int AS people %s
                         FROM (SELECT r.institution_id, r.restricted, %s FROM %s OFFSET 0) p
                        GROUP BY %s OFFSET 0) alike
                GROUP BY institution_id, restricted""",
            SQL(", ").join(self.sums),
            alike,
            SQL("").join(SQL(", sum(%s)::int AS %s", unit, unit) for unit in units),
            SQL(", ").join(self._columns()),
            residents,
            alike,
        )

    # === HELPERS === #

    def _columns(self):
        """:return: list of SQL: what is told of a resident `r`"""
        words = {}
        for number, condition, source in self.sets.values():
            words.setdefault(number // WORD, {}).setdefault(source, []).append(chosen(condition, number))
        bits = [
            SQL("%s AS %s", SQL(" | ").join(_of_source(*told) for told in parts.items()), SQL.identifier(f"in{word}"))
            for word, parts in words.items()
        ]
        return [*bits, *(SQL("%s::int AS %s", told, SQL.identifier(f"n{at}")) for at, told in enumerate(self.units))]

    def _people_in(self, sets, columns):
        masks = {}
        for one in sets:
            number, *__ = self.sets.setdefault(
                (columns.kind, one), (len(self.sets), columns.holds(one), columns.row_of(one))
            )
            masks[number // WORD] = masks.get(number // WORD, 0) | 1 << number % WORD
        key = tuple(sorted(masks.items()))
        in_all = SQL(" AND ").join(
            SQL("%s & %s::bigint = %s::bigint", SQL.identifier(f"in{word}"), mask, mask) for word, mask in key
        )
        return self._sum(key, SQL("sum(people) FILTER (WHERE %s)", in_all) if key else SQL("sum(people)"))

    def _sum_of(self, told):
        if repr(told) not in self._known:
            self.units.append(told)
        return self._sum(repr(told), SQL("sum(%s)", SQL.identifier(f"n{len(self.units) - 1}")))

    def _sum(self, key, expression):
        """:return int: which sum it is; every figure once, however many indicators have it for a denominator"""
        if key not in self._known:
            self._known[key] = len(self.sums)
            self.sums.append(expression)
        return self._known[key]


def _of_source(source, told):
    """:return SQL: bits, of which those without a row of a source have none: they are not asked anything"""
    bits = SQL(" | ").join(told)
    if not source:
        return bits
    return SQL("CASE WHEN %s IS NOT NULL THEN %s ELSE 0::bigint END", SQL.identifier(source, "resident_id"), bits)


def _listed(indicator, columns, counted):
    """:return SQL: that a resident `r` is in a list of a figure: among those counted, or those who are not"""
    within = [one._core() for one in indicator.within_ids]
    more = [one._core() for one in indicator.counted_ids]
    if indicator.unit != "person":
        whole, part = columns.counts(indicator.unit, within, more)
        return SQL("%s > 0", part) if counted else SQL("%s > %s", whole, part)
    both = _all(columns, [*within, *more])
    return both if counted else SQL("%s AND (%s) IS NOT TRUE", _all(columns, within), both)


def _all(columns, sets):
    return SQL(" AND ").join(SQL("(%s)", columns.holds(one)) for one in sets) if sets else SQL("TRUE")
