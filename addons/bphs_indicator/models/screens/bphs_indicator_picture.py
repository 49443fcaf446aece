from odoo import api, fields, models

from odoo.addons.bphs_base.tools.money import to_decimal

from ...tools.judging import withheld
from ...tools.periods import last_months, month_of
from .bphs_indicator_board import TREND_MONTHS


class BphsIndicatorPicture(models.TransientModel):
    """What the board shows, taken out for a bulletin (指标图): bars against targets, a trend, a heat table; as paper, a
    picture, a workbook with its chart.

    It leaves the house: of fewer than five no figure is told, nor one from which it could be reckoned; and what is told
    is the figure that everybody reads, also where a named person draws it.
    """

    _name = "bphs.indicator.picture"
    _description = "Picture of Indicators"
    _inherit = ["bphs.print.mixin"]

    month = fields.Date(required=True)
    code = fields.Char(string="Code of the Indicator", required=True)
    institution_id = fields.Many2one("bphs.institution", required=True, help="Whose trend it is.")
    codes = fields.Char(help="Of a heat table: codes of its indicators, parted by blanks; empty: all.")

    @api.depends("month", "code")
    def _compute_display_name(self):
        for picture in self:
            picture.display_name = f"{picture.month:%Y-%m} {picture._indicator().name or ''}".strip()

    def action_print(self):
        """Download a picture (`print_code` I3 bars, I4 a trend, I5 a heat table).

        :raise AccessError: not a role that has indicators
        """
        self.env["bphs.indicator.value"]._check_reader()
        return super().action_print()

    # === WHAT IS DRAWN === #

    def _indicator(self):
        values = self.env["bphs.indicator.value"]
        return values.search([("code", "=", self.code)], order="month desc", limit=1).indicator_id

    def _values(self, domain):
        """:return: values as this user has them, of the levels the board shows"""
        values = self.env["bphs.indicator.value"]
        return values.search([*domain, ("level", "in", values._board_levels())])

    def _has_late(self):
        """Whether anything of the month and the months of a trend that may be drawn was entered late."""
        months = last_months(month_of(self.month), TREND_MONTHS)
        return bool(self._values([("month", "in", months), ("is_late", "=", True)])[:1])

    def _ranking(self):
        """:return: list of dict: an indicator of the month by institution, the highest first"""
        values = self._values([("code", "=", self.code), ("month", "=", month_of(self.month))])
        rows = self._told(values)
        return sorted(rows, key=lambda row: (row["drawn"] is None, -(row["drawn"] or 0), row["place_code"]))

    def _trend(self):
        """:return: list of dict: an indicator of one institution by month, months without a value among them"""
        months = last_months(month_of(self.month), TREND_MONTHS)
        values = self._values(
            [("code", "=", self.code), ("institution_id", "=", self.institution_id.id), ("month", "in", months)]
        )
        # One institution's months are no parts of a sum.
        told = {row["month"]: row for value in values for row in self._told(value)}
        empty = {"drawn": None, "target": None, "shown": "", "late": False, "numerator": None, "denominator": None,
                 "passed": False, "passed_words": ""}  # fmt: skip
        return [{**empty, **told.get(month, {}), "name": f"{month:%Y-%m}"} for month in months]

    def _heat(self):
        """:return: (list of institutions' names, list of (indicator, list of dict by institution))"""
        domain = [("month", "=", month_of(self.month))]
        if self.codes:
            domain.append(("code", "in", self.codes.split()))
        values = self._values(domain)
        order = {"county": 0, "township": 1, "clinic": 2}
        places = values.institution_id.sorted(lambda one: (order[values._level_of(one.kind)], one.code))
        rows = []
        for code in dict.fromkeys(values.sorted(lambda one: (one.sequence, one.code)).mapped("code")):
            mine = values.filtered(lambda one, code=code: one.code == code)
            by_place = {row["place_id"]: row for row in self._told(mine)}
            rows.append((mine[:1].indicator_id, [by_place.get(place.id) for place in places]))
        return [place.name for place in places], rows

    def _told(self, values):
        """Values of one indicator as they may be published: what is left out has words alone."""
        highest = {"county": 0, "township": 1, "clinic": 2}
        top = min((highest[value.level] for value in values), default=0)
        # Whoever draws it: beside what others publish of the same month it would tell of the files for named persons.
        counted = {value: value._counted(whole=value.named) for value in values}
        below = [value for value in values if highest[value.level] > top]
        above = [value for value in values if highest[value.level] == top]
        left_out = {
            group[at]
            for group in (below, above)
            if group
            for at in withheld([counted[one] for one in group], group[0]._is_rate())
        }
        words = dict(values._fields["passed"]._description_selection(self.env))
        return [self._row(value, counted[value], value in left_out, words) for value in values]

    def _row(self, value, counted, is_left_out, passed_words):
        indicator, is_rate = value.indicator_id, value._is_rate()
        drawn = counted.percent(indicator.digits, indicator.rounding) if is_rate else to_decimal(counted.numerator)
        has_target = value.target_operator in ("≥", "≤", "=")
        told = (
            {} if is_left_out else {"drawn": drawn, "numerator": counted.numerator, "denominator": counted.denominator}
        )
        shown = self.env._("fewer than 5") if is_left_out else value._words(counted)
        return {
            "place_id": value.institution_id.id,
            "place_code": value.institution_id.code,
            "name": value.institution_id.name,
            "month": value.month,
            "drawn": None,
            "numerator": None,
            "denominator": None,
            # Entered late since: what was told stays, and says so.
            "shown": f"{shown}*" if value.is_late else shown,
            "target": to_decimal(value.target_value) if has_target else None,
            "passed": value.passed,
            "passed_words": passed_words.get(value.passed, ""),
            "late": value.is_late,
            **told,
        }
