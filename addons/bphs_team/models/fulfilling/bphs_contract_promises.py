from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ...tools.promises import instances, kept_positions
from .bphs_contract_rates import _COUNTED_UNTIL, _IN_ORDER


class BphsContract(models.Model):
    """What contracts promised for a period and what of it was kept, of a county in one statement.

    What falls due depends on the package and the days of the contract alone, so it is reckoned once for each such
    shape, of which there are few, and not for each contract. Which instance is kept by which service is
    `tools.promises.kept_positions`, with a running maximum for its loop.
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

    def _promises(self, by, first, last, within):
        """:return SQL: ``key``, ``resident_id``, ``contract_id``, ``due`` and ``kept``, of contracts to which something
        was due from ``first`` to ``last``; kept by ``last``"""
        return SQL(
            """
            WITH counted AS MATERIALIZED (
                SELECT %(by)s AS key, c.resident_id, c.id, c.date_from, c.date_to, c.until, c.package_id,
                       %(counted_until)s AS counted_until
                  FROM bphs_contract c
                  JOIN bphs_resident r ON r.id = c.resident_id
                 WHERE %(ok)s AND c.date_from <= %(last)s AND %(counted_until)s > %(first)s AND %(within)s
            ), signed AS MATERIALIZED (
                SELECT * FROM counted
                 UNION ALL
                SELECT c.key, c.resident_id, c.id, c.date_from, c.date_to, c.until, e.package_id, c.counted_until
                  FROM bphs_contract_extra_rel e JOIN counted c ON c.id = e.contract_id
            ), shape AS (
                SELECT DISTINCT package_id, date_from, date_to, counted_until FROM signed
            ), instance AS MATERIALIZED (
                SELECT s.*, i.id AS item_id, n.number, n.opens, n.due,
                       n.due BETWEEN %(first)s AND %(last)s AND n.due < s.counted_until AS counts
                  FROM shape s
                  JOIN bphs_package_item i ON i.package_id = s.package_id
                 CROSS JOIN LATERAL (
                       SELECT k AS number,
                              CASE WHEN i.due = 'within' THEN s.date_from
                                   ELSE (s.date_from + (k - 1) * i.months * interval '1 month')::date END AS opens,
                              CASE WHEN i.due = 'within' THEN s.date_from + 7 * i.weeks
                                   ELSE (s.date_from + k * i.months * interval '1 month')::date - 1 END AS due
                         FROM generate_series(1, CASE WHEN i.times > 0 THEN i.times ELSE 60 / i.months END) k) n
                 WHERE n.due <= s.date_to
            ), promised AS (
                SELECT package_id, date_from, date_to, counted_until, count(*) AS due
                  FROM instance WHERE counts GROUP BY 1, 2, 3, 4
            ), served AS MATERIALIZED (
                SELECT l.contract_id, l.item_id, array_agg(DISTINCT l.given_on ORDER BY l.given_on) AS days
                  FROM bphs_service_link l
                  JOIN bphs_contract c ON c.id = l.contract_id AND l.given_on >= c.date_from AND l.given_on < c.until
                 WHERE l.stands AND l.given_on <= %(last)s
                 GROUP BY l.contract_id, l.item_id
            ), position AS (
                SELECT s.id AS contract_id, i.counts, cardinality(v.days) AS services,
                       i.number + max(1 + width_bucket(i.opens - 1, v.days) - i.number)
                                  OVER (PARTITION BY s.id, i.item_id ORDER BY i.number) AS at
                  FROM served v
                  JOIN signed s ON s.id = v.contract_id
                  JOIN instance i ON i.item_id = v.item_id AND i.package_id = s.package_id
                   AND i.date_from = s.date_from AND i.date_to = s.date_to AND i.counted_until = s.counted_until
            ), kept AS (
                SELECT contract_id, count(*) AS kept FROM position WHERE counts AND at <= services GROUP BY contract_id
            ), due AS (
                SELECT s.key, s.resident_id, s.id, sum(p.due)::int AS due
                  FROM signed s
                  JOIN promised p ON p.package_id = s.package_id AND p.date_from = s.date_from
                   AND p.date_to = s.date_to AND p.counted_until = s.counted_until
                 GROUP BY s.key, s.resident_id, s.id
            )
            SELECT due.key, due.resident_id, due.id AS contract_id, due.due, coalesce(kept.kept, 0)::int AS kept
              FROM due LEFT JOIN kept ON kept.contract_id = due.id
            """,
            by=by,
            counted_until=_COUNTED_UNTIL,
            ok=_IN_ORDER,
            first=first,
            last=last,
            within=within,
        )
