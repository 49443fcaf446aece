import re
from datetime import date

from odoo import api, models

from odoo.addons.bphs_base.tools.importing.import_columns import ImportColumn

from ..models.definitions.bphs_indicator import IMPORTED
from ..tools.periods import month_end, year_start

# A spreadsheet makes a day of what is typed as a month.
MONTH = re.compile(r"(\d{4})-(0[1-9]|1[0-2])(-01.*)?")


class BphsIndicatorImport(models.TransientModel):
    """Loads values of indicators that others count: vaccination, reports of infectious diseases, surveys."""

    _name = "bphs.indicator.import"
    _inherit = "bphs.import.wizard"
    _description = "Import Values of Indicators"

    @api.model
    def _import_sheet_name(self):
        return self.env._("Values of Indicators")

    @api.model
    def _import_columns(self):
        _ = self.env._
        return [
            ImportColumn("code", _("Code of the Indicator"), "code", required=True),
            ImportColumn("institution_code", _("Institution Code"), "code", required=True),
            ImportColumn("month", _("Up to Month"), "text", required=True),
            ImportColumn("numerator", _("Numerator"), "int", required=True),
            ImportColumn("denominator", _("Denominator"), "int"),
        ]

    def _import_template_rows(self):
        indicators = self.env["bphs.indicator"].search([("state", "=", "published"), ("source", "=", IMPORTED)])
        own = self.env.user.bphs_institution_ids[:1]
        return [{"code": indicator.code, "institution_code": own.code} for indicator in indicators]

    def _import_check(self, rows):
        self._import_refuse_twice(rows, "code", "institution_code", "month")
        imported = [("state", "=", "published"), ("source", "=", IMPORTED)]
        indicators = self._import_find(rows, "code", "bphs.indicator", domain=imported)
        self._import_find(rows, "institution_code", "bphs.institution")
        today = self._county_today()
        for row in rows:
            month = row.get("month")
            if month and not MONTH.fullmatch(month):
                row.error("month", self.env._("“%(month)s” is not a month: write 2025-12", month=month))
            elif month and _first(month) > today:
                row.error("month", self.env._("“%(month)s” is to come", month=month))
            numerator, denominator = row.get("numerator"), row.get("denominator")
            indicator = indicators.get(row.get("code"))
            if indicator and indicator.shape == "rate" and denominator is None and not row.errors:
                row.error("denominator", self.env._("a rate needs what it is reckoned over"))
            if min(numerator or 0, denominator or 0) < 0:
                row.error("numerator", self.env._("a count is not below zero"))

    def _import_apply(self, rows):
        values = self.env["bphs.indicator.value"]
        indicators = {
            one.code: one
            for one in self.env["bphs.indicator"].search([("state", "=", "published"), ("source", "=", IMPORTED)])
        }
        places = {one.code: one for one in self.env["bphs.institution"].search([])}
        told = []
        for row in rows:
            indicator, month = indicators[row["code"]], _first(row["month"])
            last = min(month_end(month), self._county_today())
            has = indicator.shape == "rate"
            parts = (int(row["numerator"]), int(row.get("denominator") or 0) if has else 0)
            told.append(
                {
                    **values._head(indicator, places[row["institution_code"]], month, last),
                    "date_from": year_start(indicator.period_kind, last),
                    "numerator": parts[0],
                    "denominator": parts[1],
                    "numerator_whole": parts[0],
                    "denominator_whole": parts[1],
                    "has_denominator": has and bool(parts[1]),
                    "base": "",
                }
            )
        told += self._told_above(indicators, told)
        # Values are nobody's to write: what was checked within one's own scope is kept by the server.
        values._judge_rows(told)
        values._keep(told)
        return len(rows)

    def _told_above(self, indicators, told):
        """Of a county that was not told itself: its lowest township, or all of them together."""
        values = self.env["bphs.indicator.value"]
        given = {(row["code"], row["institution_id"], row["month"]) for row in told}
        found = []
        for code, month in sorted({(row["code"], row["month"]) for row in told if row["level"] == "township"}):
            below = [row for row in told if (row["code"], row["month"], row["level"]) == (code, month, "township")]
            indicator = indicators[code]
            for place in self._counties(below):
                if (code, place.id, month) in given:
                    continue
                sums = {
                    name: sum(row[name] for row in below)
                    for name in ("numerator", "denominator", "numerator_whole", "denominator_whole")
                }
                row = {**below[0], **values._head(indicator, place, month, below[0]["date_to"]), **sums}
                if indicator.level_rule == "lowest":
                    values._take_lowest([*below, row])
                found.append(row)
        return found

    def _counties(self, below):
        """:return: the bureaus that lead these townships and are within one's own scope"""
        ids = {
            int(id_)
            for place in self.env["bphs.institution"].browse([row["institution_id"] for row in below])
            for id_ in place.parent_path.strip("/").split("/")
        }
        return self.env["bphs.institution"].search([("id", "in", sorted(ids)), ("kind", "=", "health_bureau")])


def _first(month):
    return date(int(month[:4]), int(month[5:7]), 1)
