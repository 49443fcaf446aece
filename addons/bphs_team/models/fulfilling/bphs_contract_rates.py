"""The rates of contracts over county-size sets: one statement gives the units that a rate counts, with what each counts
and is counted over. The figure sums them, the list behind it shows them: both are one query.
"""

from typing import NamedTuple

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
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
COUNTED, OPEN, ALL = "counted", "open", "all"
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

    rate_list = fields.Char(compute="_compute_rate_list", search="_search_rate_list")

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
        self.browse().check_access("read")
        figures = self.env["bphs.resident"]._figures(whole)
        self._flush_rates()
        # sudo: counted is the user's scope; a number tells of nobody
        within = self.env["bphs.resident"].sudo()._search(figures.domain, active_test=False).subselect()
        units = self._units(rate, BY[by], first, last, SQL("r.id IN %s", within))
        return [
            Count(key or None, group, int(counted), int(over))
            for key, group, counted, over in self.env.execute_query(
                SQL(
                    "SELECT u.key, u.grp, coalesce(sum(u.counted), 0), coalesce(sum(u.over), 0) FROM (%s) u"
                    " GROUP BY u.key, u.grp ORDER BY u.key, u.grp",
                    units,
                )
            )
            if figures.whole or group not in ("smi", "tb")
        ]

    def _flush_rates(self):
        for name in ("bphs.contract", "bphs.package.item", "bphs.service.record", "bphs.service.link", "bphs.resident",
                     "bphs.resident.group"):  # fmt: skip
            self.env[name].flush_model()

    def _units(self, rate, by, first, last, within):
        """:return SQL: ``key``, ``grp``, ``contract_id``, ``counted``, ``over`` of every unit a rate counts"""
        ask = {
            SIGNED: self._units_signed,
            GROUP: self._units_group,
            RENEWED: self._units_renewed,
            ITEM: self._units_item,
            PERSON: self._units_person,
            NEVER: self._units_never,
        }.get(rate)
        if ask is None:
            raise UserError(self.env._("There is no such rate."))
        return ask(by, first, last, within)

    def _units_signed(self, by, first, last, within):
        return SQL(
            """
            SELECT %(by)s AS key, NULL AS grp, c.id AS contract_id, 1 AS counted, 1 AS over
              FROM bphs_contract c JOIN bphs_resident r ON r.id = c.resident_id
             WHERE %(ok)s AND c.date_from <= %(day)s AND c.until > %(day)s AND %(here)s AND %(within)s
            """,
            by=by,
            ok=_IN_ORDER,
            day=last,
            here=self._here(last),
            within=within,
        )

    def _here(self, day):
        """:return SQL: that a file `r` was of somebody living here on a day"""
        return SQL("(r.status = 'active' OR r.status <> 'merged' AND r.status_date > %s)", day)

    def _units_group(self, by, first, last, within):
        return SQL(
            """
            SELECT %(by)s AS key, g.kind AS grp, c.id AS contract_id, (c.id IS NOT NULL)::int AS counted, 1 AS over
              FROM (SELECT DISTINCT g.resident_id, g.kind FROM bphs_resident_group g
                     WHERE g.date_from <= %(day)s AND (g.date_to IS NULL OR g.date_to >= %(day)s)) g
              JOIN bphs_resident r ON r.id = g.resident_id
              LEFT JOIN bphs_contract c ON c.resident_id = r.id
               AND %(ok)s AND c.date_from <= %(day)s AND c.until > %(day)s
             WHERE %(here)s AND %(within)s
            """,
            by=by,
            ok=_IN_ORDER,
            day=last,
            here=self._here(last),
            within=within,
        )

    def _units_renewed(self, by, first, last, within):
        return SQL(
            """
            SELECT %(by)s AS key, NULL AS grp, c.id AS contract_id, 1 AS over,
                   EXISTS (SELECT FROM bphs_contract n
                            WHERE n.resident_id = c.resident_id AND n.id <> c.id
                              AND n.state NOT IN ('review', 'refused') AND n.until > n.date_from
                              AND n.date_from > c.date_to AND n.date_from <= c.date_to + 1 + %(days)s)::int AS counted
              FROM bphs_contract c JOIN bphs_resident r ON r.id = c.resident_id
             WHERE %(ok)s AND c.date_to BETWEEN %(first)s AND %(last)s AND c.date_from < %(counted_until)s
               AND NOT (c.end_reason = ANY(%(leaving)s) AND c.until <= c.date_to) AND %(within)s
            """,
            by=by,
            ok=_IN_ORDER,
            days=self._setting("renewal_days", RENEWAL_DAYS),
            first=first,
            last=last,
            counted_until=_COUNTED_UNTIL,
            leaving=sorted(LEAVING),
            within=within,
        )

    def _units_item(self, by, first, last, within):
        return SQL(
            "SELECT key, NULL AS grp, contract_id, kept AS counted, due AS over FROM (%s) told",
            self._promises(by, first, last, within),
        )

    def _units_person(self, by, first, last, within):
        return SQL(
            "SELECT key, NULL AS grp, min(contract_id) AS contract_id, 1 AS over,"
            " (sum(kept) = sum(due))::int AS counted"
            " FROM (%s) told GROUP BY key, resident_id",
            self._promises(by, first, last, within),
        )

    def _units_never(self, by, first, last, within):
        return SQL(
            """
            SELECT %(by)s AS key, NULL AS grp, c.id AS contract_id, 1 AS over,
                   (NOT (%(served)s))::int AS counted
              FROM bphs_contract c JOIN bphs_resident r ON r.id = c.resident_id
             WHERE %(ok)s AND c.date_from < %(day)s::date - %(days)s AND c.until > %(day)s AND %(here)s AND %(within)s
            """,
            by=by,
            ok=_IN_ORDER,
            day=last,
            days=self._setting("never_served_days", NEVER_SERVED_DAYS),
            here=self._here(last),
            within=within,
            served=SQL(" OR ").join(self._served(last)),
        )

    def _served(self, day):
        """:return: list of SQL, each whether the person of contract ``c`` was served by a day, signing apart"""
        return [
            SQL(
                "EXISTS (SELECT FROM bphs_service_record s WHERE s.resident_id = c.resident_id AND s.state = 'recorded'"
                " AND s.kind <> 'signing' AND s.date BETWEEN c.date_from AND %s)",
                day,
            )
        ]

    def _setting(self, name, default):
        # sudo: settings of the county, which figures follow for everybody
        value = self.env["ir.config_parameter"].sudo().get_param(f"bphs_team.{name}")
        return int(value) if value and str(value).isdecimal() else default

    # === THE LIST BEHIND A FIGURE === #

    def _compute_rate_list(self):
        self.rate_list = False

    def _search_rate_list(self, operator, value):
        """``rate|part|by|key|group|first|last``: the contracts of one part of a figure, for a list to show.

        What of them a user sees, the rules of the list say.
        """
        if operator != "in":
            return NotImplemented
        return Domain.OR(self._listed(one) for one in value)

    def _listed(self, value):
        try:
            rate, part, by, key, group, first, last = str(value).split("|")
            first, last = fields.Date.to_date(first), fields.Date.to_date(last)
            by, key = BY[by], int(key or 0)
        except (ValueError, KeyError):
            return Domain.FALSE
        if not first or not last or part not in (COUNTED, OPEN, ALL):
            return Domain.FALSE
        self._flush_rates()
        wanted = {COUNTED: SQL("u.counted > 0"), OPEN: SQL("u.counted < u.over"), ALL: SQL("TRUE")}[part]
        if group:
            wanted = SQL("%s AND u.grp = %s", wanted, group)
        units = self._units(rate, by, first, last, SQL("TRUE"))
        return Domain(
            "id",
            "in",
            SQL(
                "(SELECT u.contract_id FROM (%s) u WHERE u.contract_id IS NOT NULL AND coalesce(u.key, 0) = %s AND %s)",
                units,
                key,
                wanted,
            ),
        )
