from datetime import date

from odoo import api, fields, models
from odoo.tools import SQL

from odoo.addons.bphs_resident.models.mixins.bphs_spread_ids_mixin import spread_id

# The exams of a year, as they were done here or brought in from outside; of one person the first, ours before others'.
EXAMS = """
    SELECT DISTINCT ON (resident_id) resident_id, day, outside
      FROM (SELECT v.resident_id, v.done_on AS day, FALSE AS outside
              FROM bphs_visit v JOIN bphs_form_template t ON t.id = v.template_id AND t.code = 'elder_exam'
             WHERE v.state = 'done' AND v.done_on BETWEEN %(first)s AND %(last)s AND v.resident_id IN %(people)s
             UNION ALL
            SELECT o.resident_id, o.measured_on, TRUE
              FROM bphs_elderly_outside o
             WHERE o.state = 'recorded' AND o.kind = 'exam' AND o.measured_on BETWEEN %(first)s AND %(last)s
               AND o.resident_id IN %(people)s) exam
     ORDER BY resident_id, outside, day
"""
# Begins rows of elders without an exam, and brings those that stand to their exam: in one statement, for each record
# that is done asks for it. What is begun has no exam, so that the second part need not see it.
BRING_UP = """
    WITH exam AS MATERIALIZED (%(exams)s),
    begun AS (
        INSERT INTO bphs_elderly_outreach (id, resident_id, year, institution_id, division_id, state, outside,
                                           create_uid, create_date, write_uid, write_date)
        SELECT %(new_id)s, r.id, %(year)s, r.institution_id, r.division_id, 'open', FALSE,
               %(uid)s, %(now)s, %(uid)s, %(now)s
          FROM bphs_resident r
         WHERE r.id IN %(people)s AND r.status = 'active' AND r.birth_date <= %(born)s
           AND NOT EXISTS (SELECT FROM exam WHERE exam.resident_id = r.id)
            ON CONFLICT (resident_id, year) DO NOTHING
    )
    UPDATE bphs_elderly_outreach o SET examined_on = exam.day, outside = coalesce(exam.outside, FALSE),
           write_uid = %(uid)s, write_date = %(now)s
      FROM bphs_elderly_outreach own LEFT JOIN exam ON exam.resident_id = own.resident_id
     WHERE o.id = own.id AND own.year = %(year)s AND own.resident_id IN %(people)s
       AND (o.examined_on, o.outside) IS DISTINCT FROM (exam.day, coalesce(exam.outside, FALSE))
    RETURNING o.id
"""
# The one definition of a row's state.
SETTLE = """
    UPDATE bphs_elderly_outreach o SET state = settled.state
      FROM (SELECT id, CASE WHEN outside THEN 'outside' WHEN examined_on IS NOT NULL THEN 'examined'
                            WHEN excuse IS NOT NULL THEN 'excused' WHEN appointed_on IS NOT NULL THEN 'appointed'
                            ELSE 'open' END AS state
              FROM bphs_elderly_outreach WHERE id = ANY(%s)) settled
     WHERE settled.id = o.id AND settled.state <> o.state
"""


class BphsElderlyOutreach(models.Model):
    """Rows follow from who is an elder and from the year's exams: of one person at once, of an institution by set."""

    _inherit = "bphs.elderly.outreach"

    @api.model
    def _bring_up(self, people):
        """Begin the year's rows of elders without an exam, close those with one, open those whose exam was voided.

        :param SQL people: a select of ids of residents, or a list of them, in parentheses
        """
        self.env.flush_all()
        today = self._county_today()
        asked = {"people": people, "first": date(today.year, 1, 1), "last": date(today.year, 12, 31)}
        stamp = {"uid": self.env.uid, "now": fields.Datetime.now(), "year": today.year}
        born = SQL("%s::date - interval '65 years'", today)
        query = SQL(
            BRING_UP,
            exams=SQL(EXAMS, **asked),
            people=people,
            born=born,
            new_id=spread_id("bphs_elderly_outreach"),
            **stamp,
        )
        if followed := [id_ for (id_,) in self.env.execute_query(query)]:
            self._settle(followed)
        self.invalidate_model()

    @api.model
    def _settle(self, ids):
        """Bring these rows to the state that follows from what stands in them."""
        self.flush_model()
        self.env.cr.execute(SQL(SETTLE, list(ids)))
        self.invalidate_model(["state"])


class BphsElderlyGrader(models.AbstractModel):
    """Whatever changes a fact of an elder may be the exam of the year, and every night somebody becomes an elder."""

    _inherit = "bphs.elderly.grader"

    @api.model
    def _grade_at_once(self, news):
        super()._grade_at_once(news)
        if news:
            self.env["bphs.elderly.outreach"]._bring_up(SQL("%s", tuple(news)))

    @api.model
    def _grade_institution(self, institution_id):
        super()._grade_institution(institution_id)
        people = SQL("(SELECT id FROM bphs_resident WHERE institution_id = %s)", institution_id)
        self.env["bphs.elderly.outreach"]._bring_up(people)
