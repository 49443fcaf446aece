from odoo import api, models
from odoo.exceptions import AccessError

from ...tools.periods import last_months, month_of

READERS = (
    *("administrator", "primary_care_officer", "deputy_leader", "leader", "county_specialist", "evaluator", "auditor"),
    *("township_director", "township_public_health", "team_leader"),
)
TREND_MONTHS = 15


class BphsIndicatorValue(models.Model):
    """The board of indicators: from stored values alone, whoever looks."""

    _inherit = "bphs.indicator.value"

    @api.model
    @api.readonly
    def board(self, month=False):
        """What the board shows of a month, within the user's scope.

        :param str month: any day of it; by default the last that has values
        :return dict: ``month``, ``months`` (those that have values), ``as_of``, ``places`` (``id``, ``name``,
            ``level``, the highest first), ``indicators`` (``code``, ``name``, ``work``), ``cells`` by place and
            code: ``id``, ``shown``, ``rate``, ``target``, ``passed``, ``above``, ``late``
        :raise AccessError: not a role that has indicators
        """
        self._check_reader()
        months = [told for (told,) in self._read_group([], ["month:month"], order="month:month desc") if told]
        asked = month_of(self._asked_date(month)) if month else (months[:1] or [None])[0]
        values = self.search([("month", "=", asked), ("level", "in", self._board_levels())]) if asked else self.browse()
        labels = dict(self._fields["target_operator"]._description_selection(self.env))
        works = dict(self.env["bphs.indicator"]._fields["field_of_work"]._description_selection(self.env))
        places, indicators, cells = {}, {}, {}
        for value in values:
            place, indicator = value.institution_id, value.indicator_id
            places.setdefault(place.id, {"id": place.id, "name": place.name, "level": value.level, "code": place.code})
            indicators.setdefault(
                value.code, {"code": value.code, "name": indicator.name, "work": works[indicator.field_of_work]}
            )
            cells[f"{place.id}|{value.code}"] = value._cell(labels)
        order = {"county": 0, "township": 1, "clinic": 2}
        return {
            "month": asked.isoformat() if asked else False,
            "months": [told.isoformat() for told in months],
            "as_of": max(values.mapped("date_to")).isoformat() if values else "",
            "places": sorted(places.values(), key=lambda one: (order[one["level"]], one["code"])),
            "indicators": list(indicators.values()),
            "cells": cells,
        }

    @api.model
    @api.readonly
    def trend(self, code, institution_id):
        """An indicator of one institution over the months behind.

        :return dict: ``months``, ``rates`` (None where there is none), ``targets``, ``late``, ``as_of`` (of the last)
        :raise AccessError: not a role that has indicators
        """
        self._check_reader()
        months = last_months(self._county_today(), TREND_MONTHS)
        values = self.search(
            [
                ("code", "=", code if isinstance(code, str) else ""),
                ("institution_id", "=", self._asked_id(institution_id)),
                ("month", "in", months),
            ]
        )
        by_month = {value.month: value for value in values}
        told = [by_month.get(month) for month in months]
        return {
            "months": [f"{month:%Y-%m}" for month in months],
            "rates": [self._drawn(value) if value else None for value in told],
            "targets": [
                value.target_value if value and value.target_operator in ("≥", "≤", "=") else None for value in told
            ],
            "late": [bool(value and value.is_late) for value in told],
            "as_of": max(values.mapped("date_to")).isoformat() if values else "",
        }

    # === HELPERS === #

    def _check_reader(self):
        """:raise AccessError: not a role that has indicators"""
        if not self.env.user._holds_role(READERS):
            raise AccessError(self.env._("Indicators are for those who answer for them or watch over it."))
        self.browse().check_access("read")

    def _board_levels(self):
        """The county with its townships; of one township, its clinics as well."""
        own = self.env.user.sudo().bphs_institution_ids  # sudo: one's own scope
        county = any(self._level_of(one.kind) == "county" for one in own)
        return ("county", "township") if county else ("township", "clinic")

    def _cell(self, labels):
        # A row of the two illnesses is read by named persons alone, and judged by its whole figure.
        counted = self._counted(whole=self.named)
        return {
            "id": self.id,
            "shown": self._words(counted),
            "parts": self._parts_words(counted),
            "rate": self._drawn(self),
            "target": self._target_text(labels),
            "target_value": self.target_value if self.target_operator in ("≥", "≤", "=") else False,
            "passed": self.passed,
            "above": self.above_whole,
            "late": self.is_late,
        }

    def _drawn(self, value):
        """What a chart draws: the rate, or the count; None where there is nothing to draw."""
        counted = value._counted(whole=value.named)
        if value.indicator_id.shape == "count":
            return counted.numerator
        if counted.exact is None:
            return None
        return float(counted.percent(4, "half_up")) if value.named else value.rate  # float: drawn alone
