from odoo import api, fields, models
from odoo.tools import SQL

from odoo.addons.bphs_resident.models.mixins.bphs_spread_ids_mixin import spread_id

from ...tools import screening as rules
from ...tools.findings import CRITICAL, findings

FINDING = "blood_pressure"
# Every blood pressure of these people, wherever it was measured. One that was found not true is none; one of a record
# for named persons tells of nothing in a file that others see.
READINGS = """
    SELECT v.resident_id, v.id, v.done_on, v.systolic, v.diastolic, r.sex
      FROM bphs_visit v
      JOIN bphs_resident r ON r.id = v.resident_id
     WHERE v.state = 'done' AND v.systolic > 0 AND v.resident_id IN %(people)s
       AND (v.sensitive IS NOT TRUE OR r.restricted)
       AND NOT EXISTS (SELECT FROM bphs_authenticity_evidence e
                         JOIN bphs_authenticity_finding f ON f.id = e.finding_id AND f.state IN ('verified', 'closed')
                        WHERE e.visit_id = v.id AND e.verdict = 'false')
"""
BEGIN = """
    INSERT INTO bphs_screening (id, resident_id, institution_id, division_id, found_on, state, reminders,
                                abnormal_days, create_uid, create_date, write_uid, write_date)
    SELECT %(new_id)s, r.id, r.institution_id, r.division_id, %(today)s, 'lacking', 0, 0,
           %(uid)s, %(now)s, %(uid)s, %(now)s
      FROM bphs_resident r
     WHERE r.id IN %(people)s AND r.status = 'active'
       AND r.birth_date <= %(today)s::date - make_interval(years => %(age)s)
       AND NOT EXISTS (SELECT FROM bphs_screening s WHERE s.resident_id = r.id)
       AND r.id NOT IN (SELECT resident_id FROM (%(readings)s) read)
        ON CONFLICT (resident_id) DO NOTHING
"""
# Since when the diagnosis stands in the file, and a plan of follow-ups that it made runs.
STANDING = """
    SELECT s.resident_id,
           (SELECT min(coalesce(c.date_from, c.entered_on)) FROM bphs_condition c
             WHERE c.resident_id = s.resident_id AND c.kind = 'hypertension' AND c.state = 'recorded'
               AND (c.date_to IS NULL OR c.date_to > %(today)s)),
           (SELECT min(p.date_from) FROM bphs_plan p
              JOIN bphs_resident_group g ON g.id = p.group_id AND g.kind = 'hypertension'
             WHERE p.resident_id = s.resident_id AND (p.date_to IS NULL OR p.date_to > %(today)s))
      FROM bphs_screening s WHERE s.resident_id IN %(people)s
"""
FOLLOWED = (
    *("resident_id", "state", "read_on", "last_on", "last_visit_id", "abnormal_on", "abnormal_days", "rechecked_on"),
    *("confirmed_on", "enrolled_on", "due_on"),
)
STORE = """
    UPDATE bphs_screening s
       SET state = n.state, read_on = n.read_on, last_on = n.last_on, last_visit_id = n.last_visit_id,
           abnormal_on = n.abnormal_on, abnormal_days = n.abnormal_days, rechecked_on = n.rechecked_on,
           confirmed_on = n.confirmed_on, enrolled_on = n.enrolled_on, due_on = n.due_on,
           write_uid = %(uid)s, write_date = %(now)s
      FROM unnest(%(resident_id)s::int[], %(state)s::varchar[], %(read_on)s::date[], %(last_on)s::date[],
                  %(last_visit_id)s::int[], %(abnormal_on)s::date[], %(abnormal_days)s::int[],
                  %(rechecked_on)s::date[], %(confirmed_on)s::date[], %(enrolled_on)s::date[], %(due_on)s::date[])
           n (resident_id, state, read_on, last_on, last_visit_id, abnormal_on, abnormal_days, rechecked_on,
              confirmed_on, enrolled_on, due_on)
     WHERE n.resident_id = s.resident_id
       AND (s.state, s.read_on, s.last_on, s.last_visit_id, s.abnormal_on, s.abnormal_days, s.rechecked_on,
            s.confirmed_on, s.enrolled_on, s.due_on)
           IS DISTINCT FROM
           (n.state, n.read_on, n.last_on, n.last_visit_id, n.abnormal_on, n.abnormal_days, n.rechecked_on,
            n.confirmed_on, n.enrolled_on, n.due_on)
"""


class BphsScreening(models.Model):
    """Rows follow from records, conditions and plans: of one person at once, of an institution by set."""

    _inherit = "bphs.screening"

    @api.model
    def _bring_up(self, people):
        """Begin the rows of those without a blood pressure, and bring those that stand to what follows today.

        :param SQL people: a select of ids of residents, or a list of them, in parentheses
        """
        self.env.flush_all()
        ruleset = self.env["bphs.control.ruleset"]._in_use()
        if not ruleset:
            return
        today = self._county_today()
        stamp = {"uid": self.env.uid, "now": fields.Datetime.now()}
        readings = SQL(READINGS, people=people)
        self.env.cr.execute(
            SQL(
                BEGIN,
                people=people,
                readings=readings,
                today=today,
                age=ruleset.screen_from_age,
                new_id=spread_id("bphs_screening"),
                **stamp,
            )
        )
        self._follow(people, readings, ruleset, today, stamp)
        self.invalidate_model()

    def _follow(self, people, readings, ruleset, today, stamp):
        standing = self.env.execute_query(SQL(STANDING, people=people, today=today))
        if not standing:
            return
        read = self._read(SQL("%s AND v.resident_id = ANY(%s)", readings, [row[0] for row in standing]))
        terms = ruleset._terms()
        rows = []
        for resident_id, diagnosed_on, enrolled_on in standing:
            own = read.get(resident_id, ())
            said = rules.told([reading for reading, _visit in own], terms)
            progress = rules.progress(said, diagnosed_on, enrolled_on)
            due_on = said.due_on if progress.state == rules.RECHECK else None
            last_visit = own[-1][1] if own else None
            rows.append(
                (
                    resident_id,
                    *(progress.state, said.read_on, said.last_on, last_visit, said.abnormal_on, said.abnormal_days),
                    *(progress.rechecked_on, progress.confirmed_on, progress.enrolled_on, due_on),
                )
            )
        columns = dict(zip(FOLLOWED, map(list, zip(*rows, strict=True)), strict=True))
        self.env.cr.execute(SQL(STORE, **columns, **stamp))

    def _read(self, readings):
        """:return dict: resident id -> list of (Reading, visit id), the first first"""
        core = self.env["bphs.finding.rule"]._all().filtered(lambda rule: rule.code == FINDING)._core()
        found = {}
        for resident_id, visit_id, day, systolic, diastolic, sex in self.env.execute_query(
            SQL("%s ORDER BY v.resident_id, v.done_on, v.id", readings)
        ):
            hit = findings(core, {"systolic": systolic, "diastolic": diastolic or None}, sex).get(FINDING)
            reading = rules.Reading(day, bool(hit), bool(hit) and hit.rule.severity == CRITICAL)
            found.setdefault(resident_id, []).append((reading, visit_id))
        return found
