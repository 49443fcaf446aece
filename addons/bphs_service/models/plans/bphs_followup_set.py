from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL

from odoo.addons.bphs_resident.models.register.bphs_village_counter import spread_id

from ...tools.clocks.calendar_days import plus_days
from ...tools.clocks.renewing import kept_lines, since_with
from ...tools.clocks.steps import reach_days
from .bphs_plan import AHEAD_DAYS, BACK_DAYS

CHUNK = 5000
STANDING = """
    SELECT p.id, p.clock_id, s.closes_on, s.keys
      FROM bphs_plan p
      LEFT JOIN LATERAL (SELECT min(f.closes_on), array_agg(f.kind || ' ' || f.key) FROM bphs_followup f
                          WHERE f.plan_id = p.id) s (closes_on, keys) ON TRUE
     WHERE p.id = ANY(%s)
"""
NEW = """
    unnest(%(plan_id)s::int[], %(kind)s::varchar[], %(key)s::varchar[], %(opens_on)s::date[], %(due_on)s::date[],
           %(closes_on)s::date[], %(missed_from)s::date[], %(visit_id)s::int[], %(closed_on)s::date[],
           %(renew_on)s::date[])
    n (plan_id, kind, key, opens_on, due_on, closes_on, missed_from, visit_id, closed_on, renew_on)
"""
DROP = """
    DELETE FROM bphs_followup
     WHERE (plan_id, kind, key) IN (SELECT * FROM unnest(%s::int[], %s::varchar[], %s::varchar[]))
"""
STORE = """
    INSERT INTO bphs_followup AS f
           (id, plan_id, resident_id, institution_id, household_id, door_order, clock_id, worker_id, ends_on, kind, key,
            opens_on, due_on, closes_on, missed_from, visit_id, closed_on, renew_on, create_uid, create_date, write_uid,
            write_date)
    SELECT %(new_id)s, p.id, p.resident_id, r.institution_id, r.household_id, h.door_order, p.clock_id, p.worker_id,
           p.date_to, n.kind, n.key, n.opens_on, n.due_on, n.closes_on, n.missed_from, n.visit_id, n.closed_on,
           n.renew_on, %(uid)s, %(now)s, %(uid)s, %(now)s
      FROM %(new)s
      JOIN bphs_plan p ON p.id = n.plan_id
      JOIN bphs_resident r ON r.id = p.resident_id
      LEFT JOIN bphs_household h ON h.id = r.household_id
        ON CONFLICT (plan_id, kind, key) DO UPDATE
       SET clock_id = excluded.clock_id, ends_on = excluded.ends_on, opens_on = excluded.opens_on,
           due_on = excluded.due_on, closes_on = excluded.closes_on, missed_from = excluded.missed_from,
           visit_id = excluded.visit_id, closed_on = excluded.closed_on, renew_on = excluded.renew_on,
           write_uid = excluded.write_uid, write_date = excluded.write_date
     WHERE (f.clock_id, f.ends_on, f.opens_on, f.due_on, f.closes_on, f.missed_from, f.visit_id, f.closed_on,
            f.renew_on)
           IS DISTINCT FROM
           (excluded.clock_id, excluded.ends_on, excluded.opens_on, excluded.due_on, excluded.closes_on,
            excluded.missed_from, excluded.visit_id, excluded.closed_on, excluded.renew_on)
"""
COLUMNS = (
    *("plan_id", "kind", "key", "opens_on", "due_on", "closes_on", "missed_from", "visit_id", "closed_on"),
    "renew_on",
)


class BphsFollowup(models.Model):
    """Due rows from the rules: of one resident at once, of a county in chunks. Loaded and stored as sets either way."""

    _inherit = "bphs.followup"

    @api.model
    def _recompute(self, plans):
        """Bring the rows of these plans to what follows from their visits today. One that stays is not written.

        :param plans: bphs.plan, any number
        """
        self.flush_model()
        plans.flush_model()
        ids = list(plans._origin.ids)
        for start in range(0, len(ids), CHUNK):
            self._recompute_chunk(plans.browse(ids[start : start + CHUNK]))
        self.invalidate_model()
        plans.invalidate_recordset(["followup_ids"], flush=False)

    def _recompute_chunk(self, plans):
        today = self._county_today()
        oldest = plus_days(today, -BACK_DAYS)
        standing = {row[0]: row[1:] for row in self.env.execute_query(SQL(STANDING, list(plans.ids)))}
        clocks = self.env["bphs.clock"].sudo()  # sudo: any clock a plan stands on
        cores = {id_: clocks.browse(id_)._core() for id_ in {row[0] for row in standing.values()}}
        reach = {id_: reach_days(core) for id_, core in cores.items()}
        # What closes before the oldest row that stands is nobody's; where each visit matters, all are read.
        since = {id_: min(oldest, closes or oldest) for id_, (_clock_id, closes, _keys) in standing.items()}
        visits_from = {
            id_: since[id_] - timedelta(days)
            for id_, (clock_id, *_rest) in standing.items()
            if (days := reach[clock_id]) is not None
        }
        rows, gone = [], []
        for id_, plan in plans._core_plans(visits_from).items():
            clock_id, _closes, keys = standing[id_]
            left = set(keys or ())
            core = cores[clock_id]
            back = since_with(core, plan, since[id_], (name.split(" ", 1) for name in left))
            lines, renew_on = kept_lines(core, plan, today, AHEAD_DAYS, back)
            first = len(rows)
            for line in lines:
                name = f"{line.kind} {line.key}"
                if line.closes >= oldest or name in left:
                    left.discard(name)
                    visit = line.visit
                    closed = (visit.id, visit.date) if visit else (None, None)
                    rows.append(
                        [id_, line.kind, line.key, line.opens, line.due, line.closes, line.missed_from, *closed, None]
                    )
            if len(rows) > first:
                # One row names the day: it is stored with it, while a plan would be written for it alone.
                max(rows[first:], key=lambda row: row[4])[-1] = renew_on
            gone += [(id_, *name.split(" ", 1)) for name in left]
        if gone:
            self.env.cr.execute(SQL(DROP, *_arrays(gone)))
        if rows:
            new = SQL(NEW, **dict(zip(COLUMNS, _arrays(rows), strict=True)))
            stamp = {"uid": self.env.uid, "now": fields.Datetime.now(), "new_id": spread_id("bphs_followup")}
            self.env.cr.execute(SQL(STORE, new=new, **stamp))


def _arrays(rows):
    """The columns of these rows, each as the text of an array: many times shorter to read than a list of values."""
    return [_array(column) for column in zip(*rows, strict=True)]


def _array(column):
    # Numbers and days need no quotes; a column of text is told by its first value that is none.
    if isinstance(next((value for value in column if value is not None), None), str):
        column = [value if value is None else _quoted(value) for value in column]
    return "{" + ",".join(["NULL" if value is None else str(value) for value in column]) + "}"


def _quoted(value):
    return '"' + value.replace("\\", r"\\").replace('"', r"\"") + '"'
