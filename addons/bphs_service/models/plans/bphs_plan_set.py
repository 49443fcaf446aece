from odoo import api, fields, models
from odoo.tools import SQL

from odoo.addons.bphs_resident.models.mixins.bphs_spread_ids_mixin import spread_id

from ...tools.clocks.calendar_days import plus_days
from ...tools.planning import Ground, Membership, wanted
from .bphs_plan import AHEAD_DAYS, BACK_DAYS

CHUNK = 5000
RESIDENTS = """
    SELECT id, birth_date, file_created_on,
           CASE WHEN status IN ('died', 'moved_out', 'lost', 'merged') THEN coalesce(status_date, %(today)s::date) END
      FROM bphs_resident WHERE id = ANY(%(ids)s) ORDER BY id
"""
BEGIN = """
    INSERT INTO bphs_plan (id, resident_id, clock_id, code, date_from, date_to, anchor_on, origin, group_id,
                           create_uid, create_date, write_uid, write_date)
    SELECT %(new_id)s, n.resident_id, n.clock_id, n.code, n.date_from, n.date_to, n.anchor_on, n.origin, n.group_id,
           %(uid)s, %(now)s, %(uid)s, %(now)s
      FROM unnest(%(resident_id)s::int[], %(clock_id)s::int[], %(code)s::varchar[], %(date_from)s::date[],
                  %(date_to)s::date[], %(anchor_on)s::date[], %(origin)s::varchar[], %(group_id)s::int[])
           n (resident_id, clock_id, code, date_from, date_to, anchor_on, origin, group_id)
     WHERE NOT EXISTS (SELECT FROM bphs_plan p WHERE p.resident_id = n.resident_id AND p.code = n.code
                          AND p.group_id IS NOT DISTINCT FROM n.group_id AND p.date_to IS NULL AND n.date_to IS NULL)
    RETURNING id
"""
CHANGE = """
    UPDATE bphs_plan p SET date_from = n.date_from, date_to = n.date_to, write_uid = %(uid)s, write_date = %(now)s
      FROM unnest(%(id)s::int[], %(date_from)s::date[], %(date_to)s::date[]) n (id, date_from, date_to)
     WHERE p.id = n.id
"""
# A running plan goes on under the version in force; one that is counted from a day cannot go on under one that is not.
FOLLOW = """
    UPDATE bphs_plan p SET clock_id = c.id, write_uid = %(uid)s, write_date = %(now)s
      FROM bphs_clock c, bphs_resident r
     WHERE c.id = ANY(%(clocks)s) AND c.code = p.code AND c.id <> p.clock_id
       AND (c.kind = 'schedule') = (p.anchor_on IS NOT NULL) AND (p.date_to IS NULL OR p.date_to >= %(today)s)
       AND r.id = p.resident_id AND r.institution_id = %(institution)s
    RETURNING p.id
"""
# No row names a later day on which time alone may make others. Of a plan that is over it makes none.
COME = """
    SELECT p.id FROM bphs_plan p JOIN bphs_resident r ON r.id = p.resident_id
     WHERE r.institution_id = %(institution)s AND (p.date_to IS NULL OR p.date_to >= %(last)s)
       AND NOT EXISTS (SELECT FROM bphs_followup f WHERE f.plan_id = p.id AND f.renew_on > %(today)s)
"""
# Where the rows lie follows at once from what a person writes; from a roll that was imported, in the night.
PLACE = """
    UPDATE bphs_followup f
       SET institution_id = r.institution_id, household_id = r.household_id, door_order = h.door_order
      FROM bphs_resident r LEFT JOIN bphs_household h ON h.id = r.household_id
     WHERE f.resident_id = r.id
       AND (f.institution_id, f.household_id, coalesce(f.door_order, 0))
           IS DISTINCT FROM (r.institution_id, r.household_id, coalesce(h.door_order, 0))
"""
NEW = ("resident_id", "clock_id", "code", "date_from", "date_to", "anchor_on", "origin", "group_id")
CHANGED = ("id", "date_from", "date_to")


class BphsPlan(models.Model):
    """Plans from facts: of one resident at once, of a county in chunks. What is wanted, `tools/planning.py` says."""

    _inherit = "bphs.plan"

    @api.model
    def _bring_up(self, residents):
        """Begin, change and end plans until they are those that groups and age make, and their rows too.

        :param residents: bphs.resident, any number
        """
        clocks = {clock.code: clock for clock in self.env["bphs.clock"]._all_in_force()}
        grounds = [
            Ground(code, frozenset((clock.for_groups or "").split()), clock.by_age, clock.from_age, clock.to_age)
            for code, clock in clocks.items()
            if clock.for_groups or clock.by_age
        ]
        for model in ("bphs.resident", "bphs.resident.group", "bphs.plan"):
            self.env[model].flush_model()
        for start in range(0, len(residents), CHUNK):
            self._bring_up_chunk(list(residents[start : start + CHUNK]._origin.ids), clocks, grounds)

    @api.model
    def _cron_bring_up(self):
        """Every night: time alone begins plans and steps. One job an institution, each its own transaction."""
        self._put_in_place()
        residents = self.env["bphs.resident"]._read_group([("status", "!=", "merged")], ["institution_id"])
        for (institution,) in residents:
            self.with_delay(
                description=self.env._("What is due: %(institution)s", institution=institution.display_name),
                identity_key=f"bphs.plan.bring_up.{institution.id}",
            )._bring_up_institution(institution.id)

    @api.model
    def _put_in_place(self):
        """Let the rows of the county lie where their people live, whatever was stored past them."""
        for model in ("bphs.followup", "bphs.household", "bphs.resident"):
            self.env[model].flush_model()
        self.env.cr.execute(SQL(PLACE))
        self.env["bphs.followup"].invalidate_model(["institution_id", "household_id", "door_order"], flush=False)

    @api.model
    def _bring_up_institution(self, institution_id):
        """Plans and due rows of all who belong to one institution; done again it changes nothing.

        Plans go on under the version of their clock that is in force. Rows are reckoned of those plans whose version
        changed, and of those for which the day has come on which time alone may make others due.
        """
        self.flush_model()
        today = self._county_today()
        stamp = {"uid": self.env.uid, "now": fields.Datetime.now(), "today": today, "institution": institution_id}
        # sudo: whatever the clock is for, its plans go on
        clocks = list(self.env["bphs.clock"].sudo()._all_in_force()._ids)
        changed = {id_ for (id_,) in self.env.execute_query(SQL(FOLLOW, clocks=clocks, **stamp))}
        self.invalidate_model()
        residents = self.env["bphs.resident"].with_context(active_test=False)
        self._bring_up(residents.search([("institution_id", "=", institution_id)], order="id"))
        self.env["bphs.followup"].flush_model()
        last = plus_days(today, -BACK_DAYS)
        come = self.env.execute_query(SQL(COME, institution=institution_id, today=today, last=last))
        self.env["bphs.followup"]._recompute(self.browse(sorted(changed | {id_ for (id_,) in come})))

    def _bring_up_chunk(self, ids, clocks, grounds):
        today = self._county_today()
        until = plus_days(today, AHEAD_DAYS)
        memberships, standing = self._memberships(ids), self._standing(ids)
        new, changed = [], []
        for resident_id, birth, since, gone_on in self.env.execute_query(SQL(RESIDENTS, ids=ids, today=today)):
            for plan in wanted(grounds, memberships.get(resident_id, ()), birth, since, gone_on, until):
                old = standing.pop((resident_id, plan.code, plan.membership), None)
                if old is None:
                    clock = clocks[plan.code]
                    anchor = plan.anchor if clock.kind == "schedule" else None
                    origin = "group" if plan.membership else "age"
                    days = (plan.start, plan.end, anchor)
                    new.append((resident_id, clock.id, plan.code, *days, origin, plan.membership))
                elif old[1:] != (plan.start, plan.end):
                    changed.append((old[0], plan.start, plan.end))
        # What no fact asks for any more ends today.
        changed += [
            (id_, start, max(start, today)) for id_, start, end in standing.values() if end is None or end > today
        ]
        stamp = {"uid": self.env.uid, "now": fields.Datetime.now()}
        begun = []
        if new:
            begun = [
                id_
                for (id_,) in self.env.execute_query(
                    SQL(BEGIN, new_id=spread_id("bphs_plan"), **stamp, **_columns(NEW, new))
                )
            ]
        if changed:
            self.env.cr.execute(SQL(CHANGE, **stamp, **_columns(CHANGED, changed)))
        self.invalidate_model()
        self.env["bphs.resident"].invalidate_model(["plan_ids"], flush=False)
        self.env["bphs.followup"]._recompute(self.browse([*begun, *(id_ for id_, *_days in changed)]))

    def _memberships(self, ids):
        query = "SELECT resident_id, id, kind, date_from, date_to FROM bphs_resident_group WHERE resident_id = ANY(%s)"
        found = {}
        for resident_id, *membership in self.env.execute_query(SQL(query, ids)):
            found.setdefault(resident_id, []).append(Membership(*membership))
        return found

    def _standing(self, ids):
        """:return dict: (resident, clock's code, membership) -> (id, start, end) of the plans that follow from facts"""
        query = """SELECT resident_id, code, group_id, id, date_from, date_to FROM bphs_plan
                    WHERE resident_id = ANY(%s) AND origin IN ('group', 'age') ORDER BY id"""
        return {tuple(row[:3]): tuple(row[3:]) for row in self.env.execute_query(SQL(query, ids))}


def _columns(names, rows):
    return dict(zip(names, map(list, zip(*rows, strict=True)), strict=True))
