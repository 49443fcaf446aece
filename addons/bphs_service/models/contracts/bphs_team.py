from fractions import Fraction

from odoo import api, models
from odoo.tools import SQL

from odoo.addons.bphs_base.tools.money import to_decimal

from ...tools.clocks.expected import in_a_year, year_from
from ...tools.clocks.terms import Schedule

# A plan counts for as much of the twelve months as it runs; steps by age count where they fall due.
EXPECTED = """
    SELECT division_id, round(sum(load), 4) AS load
      FROM (
        SELECT r.division_id, sum(least(p.date_to, %(last)s::date) - greatest(p.date_from, %(first)s::date) + 1)
                              * k.number / k.over AS load
          FROM bphs_resident r
          JOIN bphs_plan p ON p.resident_id = r.id AND p.clock_id = ANY(%(clocks)s) AND p.date_from <= %(last)s
           AND (p.date_to IS NULL OR p.date_to >= %(first)s)
          JOIN unnest(%(clocks)s::int[], %(numbers)s::numeric[], %(overs)s::numeric[]) k (clock_id, number, over)
            ON k.clock_id = p.clock_id
         WHERE r.status = 'active' AND NOT r.restricted AND r.division_id = ANY(%(divisions)s)
         GROUP BY r.division_id, k.clock_id, k.number, k.over
         UNION ALL
        SELECT r.division_id, sum(k.value)
          FROM bphs_resident r
          JOIN bphs_plan p ON p.resident_id = r.id AND p.clock_id = ANY(%(aged)s) AND p.date_from <= %(last)s
           AND (p.date_to IS NULL OR p.date_to >= %(first)s)
          JOIN unnest(%(aged)s::int[], %(months)s::int[], %(days)s::int[], %(values)s::numeric[])
               k (clock_id, months, days, value)
            ON k.clock_id = p.clock_id
           AND (p.anchor_on + make_interval(months => k.months, days => k.days))::date
               BETWEEN greatest(p.date_from, %(first)s) AND least(p.date_to, %(last)s)
         WHERE r.status = 'active' AND NOT r.restricted AND r.division_id = ANY(%(divisions)s)
         GROUP BY r.division_id) part
     GROUP BY division_id
"""


class BphsTeam(models.Model):
    """What a team has to do follows from its people's plans: so many services, each as it weighs in the catalogue."""

    _inherit = "bphs.team"

    @api.model
    def _expected_load(self, division_ids, day):
        """Plans times what their clocks ask for, as `tools/clocks/expected.py` reckons it of one."""
        for model in ("bphs.plan", "bphs.resident"):
            self.env[model].flush_model()
        weights = self._clock_weights(day)
        if not weights:
            return super()._expected_load(division_ids, day)
        first, last = year_from(day)
        whole = (last - first).days + 1
        steady, by_age = [], []
        for clock, core, weight in weights:
            if isinstance(core, Schedule):
                by_age += [(clock.id, step.due.months, step.due.days, str(weight)) for step in core.steps]
            else:
                a_day = in_a_year(core, first, last) * Fraction(weight) / whole
                steady.append((clock.id, str(a_day.numerator), str(a_day.denominator)))
        return SQL(
            EXPECTED,
            divisions=list(division_ids),
            first=first,
            last=last,
            **_columns(("clocks", "numbers", "overs"), steady),
            **_columns(("aged", "months", "days", "values"), by_age),
        )

    @api.model
    def _clock_weights(self, day):
        """:return list: of all clocks that plans stand on (bphs.clock, the clock as the rules read it, what one service
        under it weighs), without those for named persons: a plan on one is hidden, also of somebody whom everybody
        sees; an item that the catalogue gives no equivalent counts one"""
        ids = [id_ for (id_,) in self.env.execute_query(SQL(
            "SELECT c.id FROM bphs_clock c WHERE EXISTS (SELECT FROM bphs_plan p WHERE p.clock_id = c.id) ORDER BY c.id"
        ))]  # fmt: skip
        # sudo: any clock a plan stands on, and what its services weigh, whoever asks
        clocks = self.env["bphs.clock"].sudo().browse(ids).filtered(lambda clock: not clock.sensitive)
        # sudo: as above
        forms = self.env["bphs.form.template"].sudo().search([("state", "=", "published")], order="version")
        item_of = {form.code: form.item_id for form in forms}
        equivalents = forms.item_id._equivalents_on(day)
        items = [item_of.get((clock.form_codes or "").split(" ")[0], forms.item_id.browse()) for clock in clocks]
        return [
            (clock, clock._core(), to_decimal(equivalents.get(item.id, 1)))
            for clock, item in zip(clocks, items, strict=True)
        ]

    @api.model
    def _board_settings(self):
        day = self._county_today()
        first, last = year_from(day)
        told = []
        for clock, core, weight in self._clock_weights(day):
            number = in_a_year(core, first, last)
            told.append(
                {
                    "label": clock.name,
                    "number": f"{float(number):g}" if number else self.env._("by age"),
                    "weight": f"{weight:f}",
                }
            )
        return {**super()._board_settings(), "services": told}


def _columns(names, rows):
    return dict(zip(names, map(list, zip(*rows, strict=True)), strict=True)) if rows else {name: [] for name in names}
