from odoo import api, fields, models
from odoo.tools import SQL

from odoo.addons.bphs_resident.models.register.bphs_village_counter import spread_id

from ...tools.clocks.calendar_days import plus_days
from ...tools.clocks.rows import lines_of
from .bphs_plan import AHEAD_DAYS, BACK_DAYS

CHUNK = 5000
DROP = """
    DELETE FROM bphs_followup f
     WHERE f.plan_id = ANY(%(plans)s)
       AND NOT EXISTS (SELECT FROM unnest(%(plan_id)s::int[], %(kind)s::varchar[], %(key)s::varchar[])
                                        n (plan_id, kind, key)
                        WHERE n.plan_id = f.plan_id AND n.kind = f.kind AND n.key = f.key)
"""
STORE = """
    INSERT INTO bphs_followup AS f
           (id, plan_id, resident_id, household_id, clock_id, ends_on, kind, key, opens_on, due_on, closes_on,
            missed_from, visit_id, closed_on, create_uid, create_date, write_uid, write_date)
    SELECT %(new_id)s, p.id, p.resident_id, r.household_id, p.clock_id, p.date_to, n.kind, n.key, n.opens_on,
           n.due_on, n.closes_on, n.missed_from, n.visit_id, n.closed_on, %(uid)s, %(now)s, %(uid)s, %(now)s
      FROM unnest(%(plan_id)s::int[], %(kind)s::varchar[], %(key)s::varchar[], %(opens_on)s::date[], %(due_on)s::date[],
                  %(closes_on)s::date[], %(missed_from)s::date[], %(visit_id)s::int[], %(closed_on)s::date[])
           n (plan_id, kind, key, opens_on, due_on, closes_on, missed_from, visit_id, closed_on)
      JOIN bphs_plan p ON p.id = n.plan_id
      JOIN bphs_resident r ON r.id = p.resident_id
        ON CONFLICT (plan_id, kind, key) DO UPDATE
       SET ends_on = excluded.ends_on, opens_on = excluded.opens_on, due_on = excluded.due_on,
           closes_on = excluded.closes_on, missed_from = excluded.missed_from, visit_id = excluded.visit_id,
           closed_on = excluded.closed_on, write_uid = excluded.write_uid, write_date = excluded.write_date
     WHERE (f.ends_on, f.opens_on, f.due_on, f.closes_on, f.missed_from, f.visit_id, f.closed_on) IS DISTINCT FROM
           (excluded.ends_on, excluded.opens_on, excluded.due_on, excluded.closes_on, excluded.missed_from,
            excluded.visit_id, excluded.closed_on)
"""
COLUMNS = ("plan_id", "kind", "key", "opens_on", "due_on", "closes_on", "missed_from", "visit_id", "closed_on")


class BphsFollowup(models.Model):
    """Due rows from the rules: of one resident at once, of a county in chunks. Loaded and stored as sets either way."""

    _inherit = "bphs.followup"

    @api.model
    def _recompute(self, plans):
        """Bring the rows of these plans to what follows from their visits today. One that stays is not written.

        :param plans: bphs.plan, any number
        """
        today = self._county_today()
        horizon, oldest = plus_days(today, AHEAD_DAYS), plus_days(today, -BACK_DAYS)
        clock_of = {plan.id: plan.clock_id for plan in plans.sudo()}  # sudo: any clock a plan stands on
        cores = {clock: clock._core() for clock in set(clock_of.values())}
        self.flush_model()
        for start in range(0, len(plans), CHUNK):
            chunk = plans[start : start + CHUNK]
            standing = set(
                self.env.execute_query(
                    SQL("SELECT plan_id, kind, key FROM bphs_followup WHERE plan_id = ANY(%s)", list(chunk.ids))
                )
            )
            rows = [
                (id_, *_columns(line))
                for id_, plan in chunk._core_plans().items()
                for line in lines_of(cores[clock_of[id_]], plan, today, horizon)
                if (line.opens <= today or line.due <= horizon)
                and (line.closes >= oldest or (id_, line.kind, line.key) in standing)
            ]
            columns = dict(zip(COLUMNS, map(list, zip(*rows, strict=True)), strict=True)) if rows else {}
            values = dict.fromkeys(COLUMNS, []) | columns
            self.env.cr.execute(SQL(DROP, plans=list(chunk.ids), **{n: values[n] for n in ("plan_id", "kind", "key")}))
            stamp = {"uid": self.env.uid, "now": fields.Datetime.now(), "new_id": spread_id("bphs_followup")}
            self.env.cr.execute(SQL(STORE, **stamp, **values))
        self.invalidate_model()
        plans.invalidate_recordset(["followup_ids"], flush=False)


def _columns(line):
    closed = (int(line.visit.id), line.visit.date) if line.visit else (None, None)
    return (line.kind, line.key, line.opens, line.due, line.closes, line.missed_from, *closed)
