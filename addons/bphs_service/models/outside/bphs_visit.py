from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL

# Values of other systems that stand beside a record, and how old a prescription may be to be offered.
BESIDE_DAYS, OFFERED_DAYS, MOST_TOLD = 90, 180, 3
JUDGED = ("assessed", "is_dangerous", "control_ruleset_id")
SCORED = ("score", "score_level", "constitution", "is_scored")
# The last service of each who was served, and the day before it where no record here tells of it.
LAST = """
    UPDATE bphs_resident r
       SET served_elsewhere_on = CASE
               WHEN r.last_service_on IS NOT NULL
                AND NOT EXISTS (SELECT FROM bphs_visit b WHERE b.resident_id = r.id AND b.state = 'done'
                                   AND b.done_on = r.last_service_on)
               THEN r.last_service_on ELSE r.served_elsewhere_on END,
           last_service_on = n.latest
      FROM (SELECT v.resident_id, max(v.done_on) AS latest
              FROM bphs_visit v JOIN bphs_resident p ON p.id = v.resident_id
             WHERE v.id = ANY(%s) AND v.state = 'done' AND (NOT v.sensitive OR p.restricted)
             GROUP BY v.resident_id) n
     WHERE r.id = n.resident_id AND (r.last_service_on IS NULL OR r.last_service_on < n.latest)
"""


class BphsVisit(models.Model):
    """What other systems say stands beside a record, and medicines they prescribed are taken over into it.

    Records that came from outside are followed as those that a person completes, in sets.
    """

    _inherit = "bphs.visit"

    outside_words = fields.Char(string="Outside Values", compute="_compute_outside_words")
    offered_words = fields.Char(string="Prescribed Elsewhere", compute="_compute_offered_words")

    # === COMPUTE METHODS === #

    @api.depends("resident_id", "done_on")
    def _compute_outside_words(self):
        for visit in self:
            resident, day = visit.resident_id._origin, visit.done_on
            found = self.env["bphs.outside.record"]
            if resident and day:
                beside = timedelta(BESIDE_DAYS)
                within = [("seen_on", ">=", day - beside), ("seen_on", "<=", day + beside)]
                found = found.search([("resident_id", "=", resident.id), *within], limit=MOST_TOLD)
            visit.outside_words = "；".join(f"{one.display_name} {one.words}" for one in found) or False

    @api.depends("resident_id", "template_id", "done_on", "state", "medicine_ids")
    def _compute_offered_words(self):
        for visit in self:
            visit.offered_words = "、".join(one.words for one in visit._offered_medicines()) or False

    # === ACTIONS === #

    def action_take_medicines(self):
        """Take the medicines that were prescribed elsewhere over into a draft, where it has not got them."""
        self.ensure_one()
        self.check_access("write")
        self._check_in_state(("draft",), "complete")
        own = {medicine.name: medicine for medicine in self.medicine_ids}
        names = ("dose", "dose_unit", "times_a_day")
        new = []
        for offered in self._offered_medicines():
            told = {name: offered[name] for name in names if offered[name]}
            if offered.name in own:
                own[offered.name].write(told)
            else:
                new.append({"visit_id": self.id, "name": offered.name, **told})
        self.env["bphs.visit.medicine"].create(new)

    def _offered_medicines(self):
        """:return: bphs.outside.medicine of what was prescribed since the last record and is not in this one"""
        self.ensure_one()
        medicines = self.env["bphs.outside.medicine"]
        resident, day = self.resident_id._origin, self.done_on
        if self.state != "draft" or not resident or not day:
            return medicines
        last = self.search(
            [
                ("resident_id", "=", resident.id),
                ("state", "=", "done"),
                ("id", "!=", self._origin.id),
                ("medicine_ids", "!=", False),
            ],
            order="done_on desc, id desc",
            limit=1,
        )
        since = max(filter(None, (last.done_on, day - timedelta(OFFERED_DAYS))))
        records = self.env["bphs.outside.record"].search(
            [("resident_id", "=", resident.id), ("seen_on", ">=", since), ("seen_on", "<=", day)]
        )
        own = {(medicine.name, medicine.dose, medicine.times_a_day) for medicine in self.medicine_ids}
        latest = {}
        for medicine in records.medicine_ids.sorted(lambda one: (one.record_id.seen_on, one.id), reverse=True):
            latest.setdefault(medicine.name, medicine)
        offered = (one for one in latest.values() if (one.name, one.dose, one.times_a_day) not in own)
        return medicines.union(*sorted(offered, key=lambda one: one.id))

    # === WHAT FOLLOWS FROM WHAT CAME === #

    def _follow_outside(self, scaled):
        """Let follow what follows from records that are done, of many at once. Callers are the system.

        :param scaled: those of them whose answers add up to a score
        """
        for names, visits in ((JUDGED, self), (SCORED, scaled)):
            for name in names:
                self.env.add_to_compute(self._fields[name], visits)
            visits.flush_recordset(names)
        self.env.flush_all()
        self.env.cr.execute(SQL(LAST, list(self._ids)))
        self.env["bphs.resident"].invalidate_model(["last_service_on", "served_elsewhere_on"], flush=False)
        self._mark_closed()
        self.env["bphs.service.link"]._link_visits(self)
        self.resident_id._recompute_plans()
        self.env["bphs.finding"]._follow(self)
        self._note_feedback()
