from odoo import api, fields, models
from odoo.tools import SQL

from odoo.addons.bphs_resident.models.mixins.bphs_spread_ids_mixin import spread_id

from ...tools.visits import ALL_CLOCKS, INVITE, STEP_DAYS, Coloured, Rhythm, visits_of

CHUNK = 5000
MONTH_DAYS = 31
# What everybody is told of alone: plans are everybody's, and none may tell what only named persons know.
COLOURED = """
    SELECT s.resident_id, s.colour, s.since, s.assessed,
           EXISTS (SELECT FROM bphs_elderly_grading g WHERE g.resident_id = s.resident_id AND NOT g.whole
                      AND g.date_from = s.since AND g.cause = 'worse' AND g.colour = s.colour)
      FROM bphs_elderly_standing s WHERE s.resident_id = ANY(%s) AND NOT s.whole
"""
DISEASES = """
    SELECT p.resident_id, CASE c.every_unit WHEN 'months' THEN c.every_number * %(month)s ELSE c.every_number END,
           c.face_to_face
      FROM bphs_plan p JOIN bphs_clock c ON c.id = p.clock_id AND c.kind = 'interval' AND c.every_number > 0
     WHERE p.resident_id = ANY(%(ids)s) AND p.origin <> 'colour' AND p.code <> ALL(%(own)s)
       AND p.date_from <= %(today)s AND (p.date_to IS NULL OR p.date_to > %(today)s)
"""
STANDING = """
    SELECT resident_id, code, id, date_from FROM bphs_plan
     WHERE resident_id = ANY(%s) AND origin = 'colour' AND (date_to IS NULL OR date_to > %s) ORDER BY id
"""
BEGIN = """
    INSERT INTO bphs_plan (id, resident_id, clock_id, code, date_from, date_to, anchor_on, origin,
                           create_uid, create_date, write_uid, write_date)
    SELECT %(new_id)s, n.resident_id, n.clock_id, n.code, n.date_from, n.date_to, n.anchor_on, 'colour',
           %(uid)s, %(now)s, %(uid)s, %(now)s
      FROM unnest(%(resident_id)s::int[], %(clock_id)s::int[], %(code)s::varchar[], %(date_from)s::date[],
                  %(date_to)s::date[], %(anchor_on)s::date[])
           n (resident_id, clock_id, code, date_from, date_to, anchor_on)
     WHERE NOT EXISTS (SELECT FROM bphs_plan p WHERE p.resident_id = n.resident_id AND p.code = n.code
                          AND (p.date_to IS NULL AND n.date_to IS NULL OR p.anchor_on = n.anchor_on))
    RETURNING id
"""
NEW = ("resident_id", "clock_id", "code", "date_from", "date_to", "anchor_on")


class BphsPlan(models.Model):
    """Colours add visits, on clocks like any other (clocks rules): what they add, `tools/visits.py` says."""

    _inherit = "bphs.plan"

    origin = fields.Selection(selection_add=[("colour", "Colour")], ondelete={"colour": "set default"})

    @api.model
    def _bring_up(self, residents):
        super()._bring_up(residents)
        # What a disease asks for may have changed.
        self._follow_colours(residents._origin.ids)

    @api.model
    def _follow_colours(self, ids):
        """Begin and end the plans of colours until they are those that the colours of these residents ask for."""
        in_force = self.env["bphs.clock"]._all_in_force()
        clocks = {clock.code: clock for clock in in_force if clock.code in ALL_CLOCKS}
        rhythms = {code: _rhythm(clock) for code, clock in clocks.items()}
        self.env.flush_all()
        ids = sorted(ids)
        for start in range(0, len(ids), CHUNK):
            self._follow_colours_of(ids[start : start + CHUNK], clocks, rhythms)

    def _follow_colours_of(self, ids, clocks, rhythms):
        today = self._county_today()
        diseases, standing = {}, {}
        asked = {"ids": ids, "own": list(ALL_CLOCKS), "today": today, "month": MONTH_DAYS}
        for id_, *rhythm in self.env.execute_query(SQL(DISEASES, **asked)):
            diseases.setdefault(id_, []).append(Rhythm(*rhythm))
        for id_, code, plan_id, since in self.env.execute_query(SQL(STANDING, ids, today)):
            standing[id_, code] = (plan_id, since)
        new, kept = [], set()
        for id_, colour, since, assessed, worse in self.env.execute_query(SQL(COLOURED, ids)):
            person = Coloured(colour, since, worse, assessed)
            for code, plan in visits_of(person, rhythms, diseases.get(id_, ()), today).items():
                if code not in clocks:
                    continue
                kept.add((id_, code))
                before = standing.get((id_, code))
                if before is None or code in STEP_DAYS and code != INVITE and before[1] != plan.start:
                    new.append((id_, clocks[code].id, code, plan.start, plan.end, plan.anchor))
        over = [plan_id for key, (plan_id, _since) in standing.items() if key not in kept]
        stamp = {"uid": self.env.uid, "now": fields.Datetime.now()}
        begun = []
        if over:
            query = "UPDATE bphs_plan SET date_to = greatest(date_from, %s), write_date = %s WHERE id = ANY(%s)"
            self.env.cr.execute(SQL(query, today, stamp["now"], over))
        if new:
            columns = dict(zip(NEW, map(list, zip(*new, strict=True)), strict=True))
            query = SQL(BEGIN, new_id=spread_id("bphs_plan"), **stamp, **columns)
            begun = [id_ for (id_,) in self.env.execute_query(query)]
        self.invalidate_model()
        self.env["bphs.resident"].invalidate_model(["plan_ids"], flush=False)
        self.env["bphs.followup"]._recompute(self.browse([*over, *begun]))


def _rhythm(clock):
    days = clock.every_number * (MONTH_DAYS if clock.every_unit == "months" else 1)
    return Rhythm(days, clock.face_to_face)
