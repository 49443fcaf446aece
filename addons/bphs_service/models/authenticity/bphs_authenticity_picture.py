from dateutil.relativedelta import relativedelta

from odoo import api, models
from odoo.tools import SQL

from odoo.addons.bphs_base.tools.rate import Population, Rate

from .passes import SEEN_BY_ALL
from .told_doubts import TOLD_DOUBTS

# Everything the page tells, by one pass over the records of the quarter and the one before it; the doubts beside are
# few. Controlled is a record whose class says so, of those in which the measure was taken.
PICTURE = f"""
    WITH pass AS (
        SELECT %(place)s AS place,
               count(*) FILTER (WHERE d.now AND d.pressure AND d.satisfied) AS htn_controlled,
               count(*) FILTER (WHERE d.now AND d.pressure AND d.judged) AS htn_judged,
               count(*) FILTER (WHERE NOT d.now AND d.pressure AND d.satisfied) AS htn_controlled_before,
               count(*) FILTER (WHERE NOT d.now AND d.pressure AND d.judged) AS htn_judged_before,
               count(*) FILTER (WHERE d.now AND d.sugar AND d.satisfied) AS dm_controlled,
               count(*) FILTER (WHERE d.now AND d.sugar AND d.judged) AS dm_judged,
               count(*) FILTER (WHERE NOT d.now AND d.sugar AND d.satisfied) AS dm_controlled_before,
               count(*) FILTER (WHERE NOT d.now AND d.sugar AND d.judged) AS dm_judged_before,
               count(*) FILTER (WHERE d.now AND d.systolic > 0 AND d.source = 'device') AS by_device,
               count(*) FILTER (WHERE d.now AND d.systolic > 0) AS pressures,
               count(*) FILTER (WHERE d.now AND d.is_complete) AS complete,
               count(*) FILTER (WHERE d.now) AS records,
               count(*) FILTER (WHERE d.now AND d.takes AND EXISTS (
                   SELECT FROM bphs_visit_medicine m WHERE m.visit_id = d.id)) AS medicines,
               count(*) FILTER (WHERE d.now AND d.takes) AS takers
          FROM (SELECT v.id, v.institution_id, v.systolic, v.source, v.is_complete,
                       v.done_on >= %(first)s AS now,
                       v.result IS NOT NULL AS judged, v.result = 'satisfied' AS satisfied,
                       t.code IN ('hypertension', 'chronic') AND v.systolic > 0 AS pressure,
                       t.code IN ('diabetes', 'chronic') AND v.fasting_glucose > 0 AS sugar,
                       t.code IN ('hypertension', 'diabetes', 'chronic', 'copd')
                       AND v.adherence IN ('regular', 'irregular') AS takes
                  FROM bphs_visit v
                  JOIN bphs_form_template t ON t.id = v.template_id
                 WHERE v.state = 'done' AND v.done_on BETWEEN %(before)s AND %(last)s
                   AND v.institution_id = ANY(%(institutions)s) AND {SEEN_BY_ALL}) d
          JOIN bphs_institution i ON i.id = d.institution_id
         GROUP BY 1
    ), doubt AS (
        SELECT %(place)s AS place,
               count(*) FILTER (WHERE d.hard AND d.open) AS hard,
               count(*) FILTER (WHERE NOT d.hard AND d.open) AS soft,
               count(*) FILTER (WHERE NOT d.open AND d.untrue) AS untrue
          FROM {TOLD_DOUBTS} d
          JOIN bphs_institution i ON i.id = d.institution_id
         WHERE d.date_from <= %(last)s AND d.date_to >= %(first)s AND d.institution_id = ANY(%(institutions)s)
         GROUP BY 1
    )
    SELECT place, %(figures)s
      FROM pass FULL JOIN doubt USING (place) WHERE place IS NOT NULL
"""
FIGURES = (
    *("htn_controlled", "htn_judged", "htn_controlled_before", "htn_judged_before"),
    *("dm_controlled", "dm_judged", "dm_controlled_before", "dm_judged_before"),
    *("by_device", "pressures", "complete", "records", "medicines", "takers", "hard", "soft", "untrue"),
)
# Each rate: which figure over which.
RATES = {
    "hypertension": ("htn_controlled", "htn_judged"),
    "hypertension_before": ("htn_controlled_before", "htn_judged_before"),
    "diabetes": ("dm_controlled", "dm_judged"),
    "diabetes_before": ("dm_controlled_before", "dm_judged_before"),
    "device": ("by_device", "pressures"),
    "complete": ("complete", "records"),
    "medicines": ("medicines", "takers"),
}


class BphsAuthenticityFinding(models.Model):
    """Rates of control with the doubts beside them, share of devices, completeness of forms: numbers by place."""

    _inherit = "bphs.authenticity.finding"

    @api.model
    @api.readonly
    def picture(self, period_id=False, township_id=False):
        """What the page of a quarter draws, within the user's scope, by one statement.

        :param int period_id: a quarter; empty: the one that runs
        :param int township_id: the institutions of this one; empty: all townships of the scope, or one's own
            institutions
        :return dict: ``period``, ``periods``, ``township``, ``places`` (``id``, ``name``, ``is_township``, ``rates`` by
            name: ``part``, ``whole``, ``shown``, ``value``; ``hard``, ``soft``, ``untrue``) and ``mark``
        :raise AccessError: not a role that reads doubts
        """
        self.browse().check_access("read")
        today = self._county_today()
        periods = self.env["bphs.period"].search(
            [("kind", "=", "quarter"), ("date_start", "<=", today)], order="date_start desc", limit=8
        )
        period = periods.filtered(lambda one: one.id == self._asked_id(period_id)) if period_id else periods[:1]
        institutions = self.env["bphs.institution"].search([("kind", "!=", False)])
        township = self._picture_township(institutions, township_id)
        told = {
            "period": period.id,
            "periods": [{"id": one.id, "name": one.display_name} for one in periods],
            "township": township.name or "",
            "mark": self.env._("Without the files for named persons (severe mental illness, tuberculosis)."),
        }
        return {**told, "places": self._places(period, institutions, township) if period else []}

    @api.model
    @api.readonly
    def picture_doubts(self, period_id, place_id, is_township=False):
        """The doubts behind a place of the page.

        :return dict: the action that lists them
        :raise AccessError: as the page
        """
        self.browse().check_access("read")
        period = self.env["bphs.period"].browse(self._asked_id(period_id)).exists()
        place = self.env["bphs.institution"].browse(self._asked_id(place_id))
        path = "institution_id.township_id" if is_township is True else "institution_id"
        action = self.env["ir.actions.act_window"]._for_xml_id("bphs_service.bphs_authenticity_finding_action")
        domain = [("date_from", "<=", period.date_end), ("date_to", ">=", period.date_start), (path, "=", place.id)]
        return {**action, "domain": domain, "context": {}}

    # === HELPERS === #

    def _picture_township(self, institutions, township_id):
        """:return: the township whose institutions are drawn; none: all townships"""
        if township_id:
            return institutions.filtered(lambda one: one.id == self._asked_id(township_id))
        own = self.env.user.sudo().bphs_institution_ids  # sudo: one's own scope
        wide = not own or any(not one.township_id for one in own) or len(own.township_id) > 1
        return institutions.browse() if wide else own.township_id

    def _places(self, period, institutions, township):
        if township:
            institutions = institutions.filtered(lambda one: one.township_id == township)
        self.env.flush_all()
        query = SQL(
            PICTURE,
            place=SQL("i.id") if township else SQL("i.township_id"),
            first=period.date_start,
            last=period.date_end,
            before=period.date_start - relativedelta(months=3),
            institutions=list(institutions.ids),
            figures=SQL(", ").join(SQL("coalesce(%s, 0)", SQL.identifier(name)) for name in FIGURES),
        )
        rows = {row[0]: dict(zip(FIGURES, row[1:], strict=True)) for row in self.env.execute_query(query)}
        return [
            {
                "id": place.id,
                "name": place.name,
                "is_township": not township,
                "rates": {
                    name: self._rate_told(rows[place.id], *parts, place.name, period) for name, parts in RATES.items()
                },
                **{name: rows[place.id][name] for name in ("hard", "soft", "untrue")},
            }
            for place in self.env["bphs.institution"].browse(list(rows)).sorted("code")
        ]

    def _rate_told(self, figures, part, whole, name, period):
        rate = Rate(figures[part], Population(figures[whole], name, self.env._("records"), period.date_end))
        percent = rate.percent(1)
        return {
            "part": figures[part],
            "whole": figures[whole],
            "shown": rate.shown(1),
            "value": None if percent is None else float(percent),
        }
