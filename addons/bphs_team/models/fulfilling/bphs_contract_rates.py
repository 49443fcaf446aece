"""The rates of contracts over county-size sets: one statement gives the units that each rate counts, with what each
counts and is counted over. The figure sums them, the list behind it shows them: both are one query.
"""

from typing import NamedTuple

from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ...tools.terms import LEAVING, NEVER_SERVED_DAYS, RENEWAL_DAYS

SIGNED, GROUP, RENEWED, ITEM, PERSON, NEVER = "signed", "group", "renewed", "item", "person", "never"
RATES = [
    (SIGNED, "Signed"),
    (GROUP, "Signed in the Key Group"),
    (RENEWED, "Renewed"),
    (ITEM, "Fulfilment by Item"),
    (PERSON, "Fulfilment by Person"),
    (NEVER, "Never Served"),
]
# Of what contracts promised: `bphs_contract_promises`.
PROMISED = (ITEM, PERSON)
COUNTED, OPEN, ALL = "counted", "open", "all"
ALL_FILES = SQL("bphs_resident")
# By what they are told: the column of a contract `c` or of its resident's file `r`.
BY = {
    "county": SQL("0"),
    "township": SQL("r.township_id"),
    "institution": SQL("r.institution_id"),
    "village": SQL("r.division_id"),
    "team": SQL("c.team_id"),
    "worker": SQL("c.worker_id"),
}
_IN_ORDER = SQL("c.state NOT IN ('review', 'refused')")
# Until when a contract is counted: `Term.counted_until`.
_COUNTED_UNTIL = SQL(
    "CASE WHEN c.end_reason = ANY(%s) THEN c.until ELSE greatest(c.until, c.date_to + 1) END", sorted(LEAVING)
)


class Count(NamedTuple):
    """One figure: of whom or what, by what it is told, and its two parts."""

    key: int | None
    group: str | None
    counted: int
    over: int


class BphsContract(models.Model):
    _inherit = "bphs.contract"

    # === FIGURES === #

    @api.model
    def _rate(self, rate, by, first, last, whole=True):
        """A rate of this user's scope, in its parts.

        :param str rate: of RATES
        :param str by: of BY
        :param date first: of the period; a rate of a day asks only for the last
        :param date last: the last day of the period: what was kept later is not counted
        :param bool whole: with the files for named persons, where the user is one
        :return: list of Count
        """
        return self._rates([rate], by, first, last, whole)[rate]

    @api.model
    def _rates(self, rates, by, first, last, whole=True, everywhere=False):
        """Several rates, as `_rate` tells each; all are reckoned by one statement.

        :param bool everywhere: for the server's own rows: of the whole county, whoever asks
        :return dict: rate -> list of Count
        """
        self.browse().check_access("read")
        self._flush_rates()
        # A county is summed in one pass over its tables: compiling such a statement takes longer than running it, and
        # what is sorted fits into memory.
        self.env.cr.execute(SQL("SET LOCAL jit = off; SET LOCAL work_mem = '64MB'"))
        whole = whole and (everywhere or self.env["bphs.resident"]._figures().whole)
        counts = self._counts(rates, BY[by], first, last, self._counted_files(whole, everywhere))
        return {
            rate: [count for count in counts[rate] if whole or everywhere or count.group not in ("smi", "tb")]
            for rate in rates
        }

    def _counted_files(self, whole, everywhere):
        """:return SQL: the files that are counted, to be joined"""
        if everywhere:
            return ALL_FILES if whole else SQL("(SELECT * FROM bphs_resident WHERE NOT restricted)")
        domain = self.env["bphs.resident"]._figures(whole).domain
        # sudo: counted is the user's scope; a number tells of nobody
        query = self.env["bphs.resident"].sudo()._search(domain, active_test=False)
        return query.subselect(SQL("%s.*", SQL.identifier(query.table)))

    def _counts(self, rates, by, first, last, files):
        """:return dict: rate -> list of Count"""
        summed = [
            SQL(
                "SELECT %s AS rate, u.key, u.grp, sum(u.counted) AS counted, sum(u.over) AS over FROM (%s) u"
                " GROUP BY u.key, u.grp",
                rate,
                self._units(rate, by, first, last, files),
            )
            for rate in rates
            if rate not in PROMISED
        ]
        if set(rates) & set(PROMISED):
            summed.append(self._summed_promises())
        rows = self.env.execute_query(
            SQL(
                "WITH %s %s ORDER BY key, grp",
                self._relations(rates, by, first, last, files),
                SQL(" UNION ALL ").join(summed),
            )
        )
        found = {rate: [] for rate in (*rates, *PROMISED)}
        for rate, key, group, counted, over in rows:
            found[rate].append(Count(key or None, group, int(counted), int(over)))
        return found

    def _flush_rates(self):
        for name in ("bphs.contract", "bphs.package.item", "bphs.service.record", "bphs.service.link", "bphs.resident",
                     "bphs.resident.group"):  # fmt: skip
            self.env[name].flush_model()

    def _units(self, rate, by, first, last, files):
        """What a rate counts, to be asked of its `_relations`.

        :return SQL: ``key``, ``grp``, ``contract_id``, ``counted``, ``over`` of every unit
        """
        if rate == GROUP:
            return self._units_group(by, last, files)
        if rate == NEVER:
            return self._units_never(by, last, files)
        ask = {
            SIGNED: self._units_signed,
            RENEWED: self._units_renewed,
            ITEM: self._units_item,
            PERSON: self._units_person,
        }.get(rate)
        if ask is None:
            raise UserError(self.env._("There is no such rate."))
        return ask(first, last)

    def _relations(self, rates, by, first, last, files):
        """:return SQL: what units of these rates are found in, named"""
        relations = [SQL("contract AS (%s)", self._contracts(by, first, last, files))]
        if set(rates) & set(PROMISED):
            relations += self._promises(first, last)
        return SQL(", ").join(relations)

    def _contracts(self, by, first, last, files):
        """:return SQL: contracts of which anything can be counted on the last day or in the period; its name is
        ``contract``, it is read once however many rates ask it, and each asks for itself which of these it counts
        """
        return SQL(
            """
            SELECT %(by)s AS key, c.resident_id, c.id, c.package_id, c.date_from, c.date_to, c.until,
                   %(counted_until)s AS counted_until, %(here)s AS here
              FROM bphs_contract c JOIN %(files)s r ON r.id = c.resident_id
             WHERE %(ok)s AND c.date_from <= %(last)s AND c.date_to >= %(first)s
            """,
            by=by,
            counted_until=_COUNTED_UNTIL,
            here=self._here(last),
            files=files,
            ok=_IN_ORDER,
            last=last,
            first=min(first, last),
        )

    def _units_signed(self, _first, last):
        return SQL(
            "SELECT key, NULL AS grp, id AS contract_id, 1 AS counted, 1 AS over"
            " FROM contract WHERE until > %s AND here",
            last,
        )

    def _here(self, day):
        """:return SQL: that a file `r` was of somebody living here on a day"""
        return SQL("(r.status = 'active' OR r.status <> 'merged' AND r.status_date > %s)", day)

    def _units_group(self, by, last, files):
        return SQL(
            """
            SELECT %(by)s AS key, g.kind AS grp, c.id AS contract_id, (c.id IS NOT NULL)::int AS counted, 1 AS over
              FROM (SELECT DISTINCT g.resident_id, g.kind FROM bphs_resident_group g
                     WHERE g.date_from <= %(day)s AND (g.date_to IS NULL OR g.date_to >= %(day)s)) g
              JOIN %(files)s r ON r.id = g.resident_id
              LEFT JOIN bphs_contract c ON c.resident_id = r.id
               AND %(ok)s AND c.date_from <= %(day)s AND c.until > %(day)s
             WHERE %(here)s
            """,
            by=by,
            ok=_IN_ORDER,
            day=last,
            here=self._here(last),
            files=files,
        )

    def _units_renewed(self, first, last):
        return SQL(
            """
            SELECT c.key, NULL AS grp, c.id AS contract_id, 1 AS over,
                   (c.id IN (SELECT o.id
                               FROM bphs_contract o
                               JOIN bphs_contract n ON n.resident_id = o.resident_id AND n.id <> o.id
                              WHERE n.state NOT IN ('review', 'refused') AND n.until > n.date_from
                                AND n.date_from > o.date_to AND n.date_from <= o.date_to + 1 + %(days)s
                                AND o.date_to BETWEEN %(first)s AND %(last)s))::int AS counted
              FROM contract c
             WHERE c.date_to BETWEEN %(first)s AND %(last)s AND c.date_from < c.counted_until
               AND c.counted_until > c.date_to
            """,
            days=self._setting("renewal_days", RENEWAL_DAYS),
            first=first,
            last=last,
        )

    def _units_never(self, by, last, files):
        return SQL(
            """
            SELECT %(by)s AS key, NULL AS grp, c.id AS contract_id, 1 AS over,
                   (NOT EXISTS (SELECT FROM (%(told)s) s
                                 WHERE s.resident_id = c.resident_id
                                   AND s.date BETWEEN run.since AND %(day)s))::int AS counted
              FROM bphs_contract c
              JOIN (%(runs)s) run ON run.id = c.id
              JOIN %(files)s r ON r.id = c.resident_id
             WHERE %(ok)s AND c.date_from <= %(day)s AND c.until > %(day)s AND run.since < %(day)s::date - %(days)s
               AND %(here)s
            """,
            runs=self._runs(last),
            told=SQL(" UNION ALL ").join(self._services_told()),
            by=by,
            ok=_IN_ORDER,
            day=last,
            days=self._setting("never_served_days", NEVER_SERVED_DAYS),
            here=self._here(last),
            files=files,
        )

    def _runs(self, day):
        """Since when each contract runs: with those before it that were renewed in time (`tools.terms.run_start`).

        :return SQL: a select of ``id``, ``since``
        """
        return SQL(
            """
            SELECT id, max(date_from) FILTER (WHERE fresh) OVER (PARTITION BY resident_id ORDER BY date_from) AS since
              FROM (SELECT c.id, c.resident_id, c.date_from,
                           (lag(c.until) OVER run > lag(c.date_to) OVER run
                            AND c.date_from <= lag(c.date_to) OVER run + 1 + %(days)s) IS NOT TRUE AS fresh
                      FROM bphs_contract c
                     WHERE %(ok)s AND c.until > c.date_from AND c.date_from <= %(day)s
                    WINDOW run AS (PARTITION BY c.resident_id ORDER BY c.date_from)) told
            """,
            days=self._setting("renewal_days", RENEWAL_DAYS),
            ok=_IN_ORDER,
            day=day,
        )

    @api.model
    def _services_told(self):
        """Where services given to people are recorded, signing apart. Modules add theirs to ``super()``'s.

        :return: list of SQL, each a select of ``resident_id`` and ``date``
        """
        return [SQL("SELECT resident_id, date FROM bphs_service_record WHERE state = 'recorded' AND kind <> 'signing'")]

    def _setting(self, name, default):
        # sudo: settings of the county, which figures follow for everybody
        value = self.env["ir.config_parameter"].sudo().get_param(f"bphs_team.{name}")
        return int(value) if value and str(value).isdecimal() else default
