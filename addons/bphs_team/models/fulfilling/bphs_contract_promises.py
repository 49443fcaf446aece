from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ...tools.promises import instances, kept_positions
from .bphs_contract_rates import ITEM, PERSON


class BphsContract(models.Model):
    """What contracts promised for a period and what of it was kept, of a county in one statement.

    What falls due depends on the package and the days of the contract alone, so it is reckoned once for each such
    shape, of which there are few, and not for each contract. What is kept is always the first instances of an item, as
    many as `tools.promises.kept_first` tells; services are numbered in the order of their index, before and without the
    contract, from whose first day on they count.
    """

    _inherit = "bphs.contract"

    promise_lines = fields.Html(string="Promised and Kept", compute="_compute_promise_lines", sanitize=False)
    never_served = fields.Boolean(
        compute="_compute_never_served", search="_search_never_served", help="Signed for long, and no service at all."
    )
    unkept = fields.Boolean(
        string="Promises Not Kept", compute="_compute_unkept", search="_search_unkept",
        help="Something that fell due this year was not done.",
    )  # fmt: skip

    # === OF ONE CONTRACT === #

    @api.depends("package_id", "extra_ids", "date_from", "date_to", "until")
    def _compute_promise_lines(self):
        rows = self._promise_rows()
        today = self._county_today()
        for contract in self:
            contract.promise_lines = self.env["ir.qweb"]._render(
                "bphs_team.promise_lines", {"rows": rows[contract.id], "today": today}
            )

    def _promise_rows(self):
        """Every instance of every service promised: when it falls due, and on which day what kept it was given.

        :return: dict of contract id -> list of dict ``name``, ``due``, ``opens``, ``kept`` (a date or None), by due day
        """
        days = {}
        for link in self.env["bphs.service.link"].search([("contract_id", "in", self.ids)]):
            contract, given_on = link.contract_id, link.given_on
            if link.stands and contract.date_from <= given_on < contract.until:
                days.setdefault((contract.id, link.item_id.id), set()).add(given_on)
        found = {}
        for contract in self:
            rows, until = [], fields.Date.add(contract.date_to, days=1)
            for item in (contract.package_id | contract.extra_ids).item_ids:
                served = sorted(days.get((contract.id, item.id), []))
                promised = instances(item._rule(), contract.date_from, until)
                for instance, at in zip(promised, kept_positions(promised, served), strict=True):
                    kept = served[at - 1] if at <= len(served) else None
                    rows.append({"name": item.name, "due": instance.due, "opens": instance.opens, "kept": kept})
            found[contract.id] = sorted(rows, key=lambda row: (row["due"], row["name"]))
        return found

    def _compute_never_served(self):
        found = self.filtered_domain(self._search_never_served("in", [True]))
        for contract in self:
            contract.never_served = contract in found

    def _search_never_served(self, operator, value):
        return self._today_list("never|counted", operator)

    def _compute_unkept(self):
        found = self.filtered_domain(self._search_unkept("in", [True]))
        for contract in self:
            contract.unkept = contract in found

    def _search_unkept(self, operator, value):
        return self._today_list("item|open", operator)

    def _today_list(self, what, operator):
        if operator != "in":
            return NotImplemented
        today = self._county_today()
        return Domain("rate_list", "=", f"{what}|county|0||{today.replace(month=1, day=1)}|{today}")

    # === OF A COUNTY === #

    def _promises(self, first, last):
        """What contracts of `_contracts` promised for a period and what of it was kept by its last day.

        :return: list of SQL, named relations; the last of them, ``promise``, has rows of ``key``, ``resident_id``,
            ``contract_id``, ``due`` and ``kept``: some of a contract say what was due, others what was kept
        """
        # Outer joins where none is needed: of what is reckoned here nothing is known beforehand, and joined on four
        # columns nothing seems to be left, which then is looked for row by row.
        return [
            SQL(
                """
                packaged AS NOT MATERIALIZED (
                    SELECT key, resident_id, id, date_from, date_to, until, counted_until, package_id FROM contract
                     UNION ALL
                    SELECT c.key, c.resident_id, c.id, c.date_from, c.date_to, c.until, c.counted_until, e.package_id
                      FROM bphs_contract_extra_rel e JOIN contract c ON c.id = e.contract_id
                )"""
            ),
            SQL(
                """
                shape AS MATERIALIZED (
                    SELECT s.*, i.id AS item_id, n.opens, n.due_before, n.due_last
                      FROM (SELECT row_number() OVER () AS shape, told.*
                              FROM (SELECT DISTINCT package_id, date_from, date_to, counted_until FROM packaged) told) s
                      JOIN bphs_package_item i ON i.package_id = s.package_id
                     CROSS JOIN LATERAL (
                           SELECT array_agg(opens ORDER BY k) AS opens,
                                  count(*) FILTER (WHERE due < %(first)s) AS due_before,
                                  count(*) FILTER (WHERE due <= %(last)s AND due < s.counted_until) AS due_last
                             FROM (SELECT k,
                                          CASE WHEN i.due = 'within' THEN s.date_from
                                               ELSE (s.date_from + (k - 1) * step)::date END AS opens,
                                          CASE WHEN i.due = 'within' THEN s.date_from + 7 * i.weeks
                                               ELSE (s.date_from + k * step)::date - 1 END AS due
                                     FROM (SELECT i.months * interval '1 month' AS step) months,
                                          generate_series(1, CASE WHEN i.times > 0 THEN i.times
                                                                  ELSE 60 / i.months END) k) told
                            WHERE due <= s.date_to) n
                     WHERE n.due_last > n.due_before
                )""",
                first=first,
                last=last,
            ),
            SQL(
                """
                owed AS MATERIALIZED (
                    SELECT p.key, p.resident_id, p.id, p.date_from, p.until, due.shape, due.due
                      FROM packaged p
                      LEFT JOIN (SELECT shape, package_id, date_from, date_to, counted_until,
                                        sum(due_last - due_before)::int AS due
                                   FROM shape GROUP BY 1, 2, 3, 4, 5) due
                     USING (package_id, date_from, date_to, counted_until)
                )"""
            ),
            SQL(
                """
                promise AS (
                    SELECT key, resident_id, id AS contract_id, due, 0 AS kept FROM owed WHERE due > 0
                     UNION ALL
                    SELECT key, resident_id, contract_id, 0 AS due,
                           greatest(least(taken, due_last) - due_before, 0)::int AS kept
                      FROM (SELECT min(o.key) AS key, min(o.resident_id) AS resident_id, l.contract_id,
                                   min(s.due_last) AS due_last, min(s.due_before) AS due_before,
                                   max(l.nth) - min(l.nth) + 1
                                       + least(min(width_bucket(l.given_on, s.opens) - l.nth) + min(l.nth) - 1, 0)
                                       AS taken
                              FROM (SELECT contract_id, item_id, given_on, dense_rank() OVER item AS nth
                                      FROM bphs_service_link WHERE stands AND given_on <= %(last)s
                                    WINDOW item AS (PARTITION BY contract_id, item_id ORDER BY given_on)) l
                              JOIN owed o ON o.id = l.contract_id AND l.given_on >= o.date_from AND l.given_on < o.until
                              LEFT JOIN shape s ON s.shape = o.shape AND s.item_id = l.item_id
                             GROUP BY l.contract_id, l.item_id
                            HAVING min(s.shape) IS NOT NULL) item
                )""",
                last=last,
            ),
        ]

    def _summed_promises(self):
        """:return SQL: both rates of what was promised, of one pass: the sums of `_units_item` and `_units_person`"""
        return SQL(
            """
            SELECT told.rate, key, NULL AS grp, told.counted, told.over
              FROM (SELECT key, sum(kept) AS kept, sum(due) AS due, count(*) FILTER (WHERE kept = due) AS whole,
                           count(*) AS people
                      FROM (SELECT key, resident_id, sum(kept) AS kept, sum(due) AS due
                              FROM promise GROUP BY key, resident_id) person
                     GROUP BY key) summed
             CROSS JOIN LATERAL (VALUES (%s, kept, due), (%s, whole, people)) told (rate, counted, over)
            """,
            ITEM,
            PERSON,
        )

    def _units_item(self, _first, _last):
        return SQL(
            "SELECT key, NULL AS grp, contract_id, sum(kept) AS counted, sum(due) AS over"
            " FROM promise GROUP BY key, contract_id"
        )

    def _units_person(self, _first, _last):
        return SQL(
            "SELECT key, NULL AS grp, min(contract_id) AS contract_id, 1 AS over,"
            " (sum(kept) = sum(due))::int AS counted FROM promise GROUP BY key, resident_id"
        )
