from odoo import api, models
from odoo.tools import SQL

from ...tools.periods import CALENDAR, KINDS
from ..definitions.bphs_indicator import APART, COUNTED
from .columns import COLOURS, CONTRACTS, DUE, FINDINGS, GROUPS, REFERRALS, VISITS, Columns

# Of each source: the table, what of it counts by a day, and the column its rows are dated by.
SOURCES = {
    VISITS: ("bphs_visit", "x.state = 'done' AND x.done_on <= %(last)s::date", "x.done_on"),
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
    REFERRALS: ("bphs_referral", "x.state <> 'withdrawn' AND x.sent_on <= %(last)s::date", "x.sent_on"),
    FINDINGS: ("bphs_finding", "x.found_on <= %(last)s::date", "x.found_on"),
}
MODELS = (
    *("bphs.resident", "bphs.resident.group", "bphs.visit", "bphs.contract", "bphs.elderly.standing"),
    *("bphs.followup", "bphs.referral", "bphs.finding"),
)
# Who is counted where they live on a day, and files that others were merged into once.
HERE = "(r.status = 'active' OR r.status <> 'merged' AND r.status_date > %(last)s::date)"


class BphsIndicatorCounter(models.AbstractModel):
    """Counts all indicators of a day in one statement: each table is read once, into one row a resident, and these are
    summed by institution. The list behind a figure is the same rows, not summed.
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
        people, figures = self._people(indicators, last)
        # Every figure once, however many indicators have it for a denominator.
        columns, order = {}, []
        for indicator in indicators:
            for part in figures[indicator.id]:
                key = repr(part)
                if key not in columns:
                    columns[key] = len(order)
                    order.append(part)
        # Compiling so wide a statement takes longer than running it; what is summed by resident fits into memory.
        self.env.cr.execute(SQL("SET LOCAL jit = off; SET LOCAL work_mem = '192MB'"))
        rows = self.env.execute_query(
            SQL(
                "%s SELECT r.institution_id, r.restricted, %s FROM %s GROUP BY r.institution_id, r.restricted",
                people["with"],
                SQL(", ").join(order),
                people["from"],
            )
        )
        found = {indicator.id: {} for indicator in indicators}
        for institution, restricted, *values in rows:
            for indicator in indicators:
                whole, part = (int(values[columns[repr(one)]] or 0) for one in figures[indicator.id])
                if whole or part:
                    found[indicator.id][institution, bool(restricted)] = (part, whole)
        return found

    @api.model
    def _who(self, indicator, last, counted):
        """The people of one part of a figure, by the statement that counts it.

        :param bool counted: those in the numerator; else those of the denominator who are not
        :return SQL: a select of their ids
        """
        self._flush()
        people, __ = self._people(indicator, last)
        in_both, left = people["who"][indicator.id]
        wanted = in_both if counted else left
        return SQL("%s SELECT r.id FROM %s AND %s", people["with"], people["from"], wanted)

    # === HELPERS === #

    def _flush(self):
        for name in MODELS:
            self.env[name].flush_model()

    def _people(self, indicators, last):
        """:return: parts of the statement, and of each indicator its two sums: denominator and numerator"""
        asked, earliest = {}, {}
        # sudo: forms tell of nobody
        forms = dict(self.env["bphs.form.template"].sudo()._read_group([], ["code"], ["id:array_agg"]))
        periods = {kind: Columns(kind, last, forms, asked, earliest) for kind in KINDS}
        figures, who = {}, {}
        for indicator in indicators:
            columns = periods[indicator.period_kind or CALENDAR]
            figures[indicator.id], who[indicator.id] = _figures(indicator, columns)
        sources = SQL(", ").join(
            self._source(source, told, earliest.get(source), last) for source, told in asked.items()
        )
        joined = SQL(" ").join(
            SQL("LEFT JOIN %s ON %s = r.id", SQL.identifier(source), SQL.identifier(source, "resident_id"))
            for source in asked
        )
        parts = {
            "with": SQL("WITH %s", sources) if asked else SQL(""),
            "from": SQL("bphs_resident r %s WHERE %s", joined, SQL(HERE, last=last)),
            "who": who,
        }
        return parts, figures

    def _source(self, source, told, earliest, last):
        table, counts, dated = SOURCES[source]
        where = SQL(counts, last=last)
        if dated and earliest:
            where = SQL("%s AND %s >= %s::date", where, SQL(dated), earliest)  # pylint: disable=sql-injection
        return SQL(
            "%s AS MATERIALIZED (SELECT x.resident_id, %s FROM %s x WHERE %s GROUP BY x.resident_id)",
            SQL.identifier(source),
            SQL(", ").join(
                SQL("%s AS %s", _aggregate(source, expression), SQL.identifier(name))
                for name, expression in told.values()
            ),
            SQL.identifier(table),
            where,
        )


def _aggregate(source, expression):
    # Of contracts in force a person has one: that there is a row says it.
    return SQL("bool_or(%s)", expression) if source == CONTRACTS else expression


def _figures(indicator, columns):
    """:return: the sums of an indicator (denominator, numerator), and who is in its lists: counted, and left"""
    within = [one._core() for one in indicator.within_ids]
    counted = [one._core() for one in indicator.counted_ids]
    if indicator.unit != "person":
        whole, part = columns.counts(indicator.unit, within, counted)
        return (SQL("sum(%s)", whole), SQL("sum(%s)", part)), (SQL("%s > 0", part), SQL("%s > %s", whole, part))
    base, both = _all(columns, within), _all(columns, [*within, *counted])
    over = _all(columns, [one._core() for one in indicator.over_ids]) if indicator.over == APART else base
    sums = (SQL("count(*) FILTER (WHERE %s)", over), SQL("count(*) FILTER (WHERE %s)", both))
    return sums, (both, SQL("%s AND (%s) IS NOT TRUE", base, both))


def _all(columns, sets):
    return SQL(" AND ").join(SQL("(%s)", columns.holds(one)) for one in sets) if sets else SQL("TRUE")
