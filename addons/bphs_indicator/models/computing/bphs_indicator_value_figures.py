import json

from odoo import api, models
from odoo.tools import SQL

from odoo.addons.bphs_base.models.registers.bphs_institution import CLINIC_KINDS, TOWNSHIP_KINDS

from ...tools.judging import LOWEST, NOTHING, Counted, lowest, passes, rolled_up
from ...tools.periods import add_months, month_end, month_of, year_start
from ..definitions.bphs_indicator import CONTRACTS, IMPORTED, POPULATION

COLUMNS = {
    "indicator_id": "int4",
    "code": "text",
    "sequence": "int4",
    "named": "bool",
    "institution_id": "int4",
    "township_id": "int4",
    "level": "text",
    "month": "date",
    "date_from": "date",
    "date_to": "date",
    "numerator": "int4",
    "denominator": "int4",
    "numerator_whole": "int4",
    "denominator_whole": "int4",
    "has_denominator": "bool",
    "base": "text",
    "rate": "numeric",
    "above_whole": "bool",
    "target_value": "numeric",
    "target_operator": "text",
    "passed": "text",
}
KEY = ("code", "institution_id", "month")
# What is told of a month is written anew until it is frozen; then only what would be counted now.
STORE = """
    INSERT INTO bphs_indicator_value (%(names)s, computed_at, frozen, is_late, create_uid, create_date, write_uid,
                                      write_date)
    SELECT %(names)s, %(now)s, FALSE, FALSE, 1, %(now)s, 1, %(now)s
      FROM json_to_recordset(%(rows)s::json) AS told (%(typed)s)
    ON CONFLICT (code, institution_id, month) DO UPDATE
       SET (%(names)s, computed_at, write_date) = (%(excluded)s, %(now)s, %(now)s)
     WHERE NOT bphs_indicator_value.frozen
"""
# A row of the two illnesses is read by named persons alone, and compared by its whole figure: else nothing late would
# ever be seen of it.
COMPARE = """
    UPDATE bphs_indicator_value held
       SET live_numerator = told.numerator, live_denominator = told.denominator, live_at = %(now)s,
           is_late = held.computed_at IS NOT NULL
                     AND (told.numerator, told.denominator) IS DISTINCT FROM
                         (CASE WHEN held.named THEN held.numerator_whole ELSE held.numerator END,
                          CASE WHEN held.named THEN held.denominator_whole ELSE held.denominator END)
      FROM (SELECT code, institution_id, month,
                   CASE WHEN named THEN numerator_whole ELSE numerator END AS numerator,
                   CASE WHEN named THEN denominator_whole ELSE denominator END AS denominator
              FROM json_to_recordset(%(rows)s::json) AS said (code text, institution_id int4, month date, named bool,
                                                              numerator int4, denominator int4, numerator_whole int4,
                                                              denominator_whole int4)) AS told
     WHERE held.code = told.code AND held.institution_id = told.institution_id AND held.month = told.month
       AND held.frozen
"""


class BphsIndicatorValue(models.Model):
    """Values of a month, of the county, its townships and its clinics: counted in sets, stored in one statement."""

    _inherit = "bphs.indicator.value"

    @api.model
    def _count_month(self, month, indicators=None):
        """Count the indicators of a month, up to its end or to today, and keep them.

        :param date month: its first day
        :param indicators: only these; by default all in force that are counted
        :return int: how many values were told
        """
        rows = self._rows_of(month, indicators)
        self._keep(rows)
        return len(rows)

    @api.model
    def _rows_of(self, month, indicators=None):
        """:return: list of dict of COLUMNS: what is counted now"""
        # sudo: the server counts the whole county; who sees what of it, the rules of the values say
        indicators = (indicators or self.env["bphs.indicator"].sudo()._in_force()).filtered(
            lambda one: one.source != IMPORTED
        )
        last = min(month_end(month), self._county_today())
        places = self._places()
        above = {place.id: _above(place) for place in places.values()}
        # What a row says of its place is the same for all indicators.
        stands = {place.id: self._stand(place) for place in places.values()}
        counted = self.env["bphs.indicator.counter"].sudo()._counts(indicators, last)  # sudo: as above
        rows = []
        for indicator in indicators:
            leaves = self._contract_leaves(indicator, last) if indicator.source == CONTRACTS else counted[indicator.id]
            plain = rolled_up({key[0]: part for key, part in leaves.items() if not key[1]}, above)
            named = rolled_up({key[0]: part for key, part in leaves.items() if key[1]}, above)
            rows += self._rows_of_indicator(indicator, month, last, places, stands, plain, named)
        self._judge_rows(rows)
        return rows

    def _rows_of_indicator(self, indicator, month, last, places, stands, plain, named):
        figures = self._figures_over(indicator, places, last)
        of_population, is_rate = indicator.over == POPULATION, indicator.shape == "rate"
        title = self._title(indicator, month, last)
        rows = []
        for id_, stand in stands.items():
            part, more = plain.get(id_, NOTHING), named.get(id_, NOTHING)
            figure = figures.get(id_)
            over, over_more = (figure.number, 0) if figure else (part[1], more[1])
            has = bool(figure) if of_population else is_rate
            rows.append(
                {
                    **title,
                    **stand,
                    "numerator": part[0],
                    "denominator": over if has else 0,
                    "numerator_whole": part[0] + more[0],
                    "denominator_whole": over + over_more if has else 0,
                    "has_denominator": has,
                    "base": figure.label if figure else "",
                }
            )
        if indicator.level_rule == LOWEST:
            self._take_lowest(rows)
        return rows

    def _head(self, indicator, place, month, last):
        return {**self._title(indicator, month, last), **self._stand(place)}

    def _title(self, indicator, month, last):
        return {
            "indicator_id": indicator.id,
            "code": indicator.code,
            "sequence": indicator.sequence,
            "named": indicator.named,
            "month": month,
            "date_from": year_start(indicator.period_kind, last),
            "date_to": last,
        }

    def _stand(self, place):
        return {
            "institution_id": place.id,
            "township_id": place.township_id.id or None,
            "level": self._level_of(place.kind),
        }

    def _take_lowest(self, rows):
        """Where a notice says “by township”, what stands above the townships is the lowest of them."""
        townships = [row for row in rows if row["level"] == "township"]
        for suffix in ("", "_whole"):
            parts = [Counted(row[f"numerator{suffix}"], row[f"denominator{suffix}"]) for row in townships]
            least = lowest(parts)
            for row in rows:
                if row["level"] == "county" and least:
                    row[f"numerator{suffix}"], row[f"denominator{suffix}"] = least.numerator, least.denominator

    def _places(self):
        """:return dict: id -> institution of which values are told, and all that lead one"""
        # sudo: as above; archived ones keep their past alone
        institutions = self.env["bphs.institution"].sudo()
        held = institutions.search([("kind", "in", (*TOWNSHIP_KINDS, *CLINIC_KINDS))])
        ids = {int(id_) for one in held for id_ in one.parent_path.strip("/").split("/")}
        return {one.id: one for one in institutions.browse(sorted(ids))}

    def _figures_over(self, indicator, places, last):
        """:return dict: institution id -> the approved population figure of its division"""
        if indicator.over != POPULATION:
            return {}
        # sudo: whoever may see a rate may see what it is reckoned over
        figures = self.env["bphs.population"].sudo()
        divisions = {place.id: self._division_of(place) for place in places.values()}
        held = figures._for_each(
            indicator.basis,
            self.env["bphs.division"].browse({one.id for one in divisions.values() if one}),
            last,
            indicator.basis_name or None,
        )
        return {id_: held[one.id]._as_population() for id_, one in divisions.items() if one.id in held}

    def _division_of(self, place):
        # The bureau may stand in no division: it is that of the county.
        if place.division_id or place.kind in (*TOWNSHIP_KINDS, *CLINIC_KINDS):
            return place.division_id
        return self.env["bphs.division"].sudo().search([("level", "=", "county")], limit=1)  # sudo: as above

    def _contract_leaves(self, indicator, last):
        """A rate of contracts, by the statement that their own pages tell it by."""
        contracts = self.env["bphs.contract"].sudo()  # sudo: as above
        first, rate = year_start(indicator.period_kind, last), indicator.team_rate
        told = [
            {
                one.key: (one.counted, one.over)
                for one in contracts._rates([rate], "institution", first, last, whole, everywhere=True)[rate]
                if one.key and not one.group
            }
            for whole in (False, True)
        ]
        leaves = {(key, False): parts for key, parts in told[0].items()}
        for key, parts in told[1].items():
            seen = told[0].get(key, NOTHING)
            leaves[key, True] = (parts[0] - seen[0], parts[1] - seen[1])
        return leaves

    # === JUDGING === #

    @api.model
    def _judge_rows(self, rows):
        """Add to rows what follows from their two parts: the rate, whether it is above the whole, whether it passes.

        By the figure that whoever reads the row is told: else whoever hands targets down would find the other one by
        trying. Rows of the two illnesses are read by named persons alone.
        """
        indicators = self.env["bphs.indicator"].sudo().browse({row["indicator_id"] for row in rows})  # sudo: as above
        shapes = {one.id: one.shape == "rate" for one in indicators}
        months = {row["month"] for row in rows}
        targets = {month: self.env["bphs.indicator.task"]._in_force(month.year) for month in months}
        before = self._before(months)
        rates = {}
        for row in rows:
            has = row["has_denominator"]
            plain = counted = Counted(row["numerator"], row["denominator"] if has else None)
            if row["named"]:
                counted = Counted(row["numerator_whole"], row["denominator_whole"] if has else None)
            is_rate = shapes[row["indicator_id"]]
            target = targets[row["month"]].get((row["code"], row["institution_id"]))
            # Most places share few figures: each is reckoned once.
            if is_rate and plain not in rates:
                rates[plain] = plain.percent(4, "half_up")
            row["rate"] = rates[plain] if is_rate else None
            row["above_whole"] = is_rate and counted.above_whole
            row["target_value"], row["target_operator"], row["passed"] = None, None, "untargeted"
            if target:
                last_year = before.get((row["code"], row["institution_id"], row["month"]))
                passed = passes(counted, is_rate, target.operator, target.value, last_year)
                row["target_value"], row["target_operator"] = target.value, target.operator
                row["passed"] = "none" if passed is None else "yes" if passed else "no"

    def _before(self, months):
        """:return dict: (code, institution id, month) -> the figure of the same month a year earlier, exact"""
        earlier = {add_months(month, -12): month for month in months}
        # sudo: as above
        held = self.sudo().search([("month", "in", list(earlier))])
        found = {}
        for value in held:
            counted = value._counted(whole=value.named)
            figure = counted.exact if value._is_rate() else counted.numerator
            if figure is not None:
                found[value.code, value.institution_id.id, earlier[value.month]] = figure
        return found

    @api.model
    def _judge_year(self, year, codes):
        """Judge the values of a year anew: the targets of these indicators have changed."""
        # sudo: as above
        values = self.sudo().search(
            [("month", ">=", f"{year}-01-01"), ("month", "<=", f"{year}-12-31"), ("code", "in", sorted(codes))]
        )
        rows = [{name: value[name].id if name.endswith("_id") else value[name] for name in COLUMNS} for value in values]
        self._judge_rows(rows)
        told = [{name: row[name] for name in ("passed", "target_value", "target_operator", *KEY)} for row in rows]
        self.flush_model()
        self.env.execute_query(
            SQL(
                """
                UPDATE bphs_indicator_value held
                   SET passed = told.passed, target_value = told.target_value, target_operator = told.target_operator
                  FROM json_to_recordset(%s::json) AS told (passed text, target_value numeric, target_operator text,
                                                            code text, institution_id int4, month date)
                 WHERE held.code = told.code AND held.institution_id = told.institution_id AND held.month = told.month
             RETURNING held.id
                """,
                json.dumps(told, default=str),
            )
        )
        self.invalidate_model()

    # === KEEPING === #

    @api.model
    def _keep(self, rows):
        """Store what was counted: an open month is told anew; beside a frozen one, what would be counted now."""
        if not rows:
            return
        self.flush_model()
        names = SQL(", ").join(SQL.identifier(name) for name in COLUMNS)
        told, now = json.dumps(rows, default=str), self._now()
        self.env.cr.execute(
            SQL(
                STORE,
                names=names,
                typed=SQL(", ").join(SQL(f"{name} {kind}") for name, kind in COLUMNS.items()),
                excluded=SQL(", ").join(SQL("EXCLUDED.%s", SQL.identifier(name)) for name in COLUMNS),
                rows=told,
                now=now,
            )
        )
        months = list({row["month"] for row in rows})
        # sudo: what is frozen is compared, whoever has it counted
        if self.sudo().search_count([("month", "in", months), ("frozen", "=", True)], limit=1):
            self.env.cr.execute(SQL(COMPARE, rows=told, now=now))
        self.invalidate_model()

    @api.model
    def _freeze(self, before):
        """Freeze the months before one: what was told of them stays.

        :param date before: the first day of the earliest month that stays open
        """
        self.flush_model()
        self.env.cr.execute(
            SQL("UPDATE bphs_indicator_value SET frozen = TRUE WHERE NOT frozen AND month < %s", month_of(before))
        )
        self.invalidate_model()


def _above(place):
    """An institution and all that lead it, by their ids."""
    return [int(id_) for id_ in place.parent_path.strip("/").split("/")]
