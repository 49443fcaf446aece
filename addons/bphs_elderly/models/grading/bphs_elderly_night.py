from datetime import timedelta

from odoo import api, models
from odoo.tools import SQL

from ...tools.grading.needs import needs_of
from ..facts.sources import all_facts

# Whoever was graded longer ago than this is graded whatever has changed.
LONGEST_DAYS = 30
# Elders of one institution of whom time, or a hand that asked nobody, may have changed the grade.
TOUCHED = """
    SELECT r.id FROM bphs_resident r LEFT JOIN bphs_elderly_standing s ON s.resident_id = r.id AND NOT s.whole
     WHERE r.institution_id = %(institution)s AND r.birth_date IS NOT NULL
       AND (s.id IS NOT NULL OR r.birth_date <= %(old)s AND r.status NOT IN ('died', 'moved_out', 'lost', 'merged'))
       AND (s.id IS NULL OR s.ruleset_id <> %(ruleset)s OR s.graded_on < %(oldest)s
            OR r.status IN ('died', 'moved_out', 'lost', 'merged')
            OR EXISTS (SELECT FROM bphs_elderly_standing p WHERE p.resident_id = r.id AND p.ripe_on <= %(day)s)
            OR EXISTS (SELECT FROM unnest(%(ages)s::int[]) a (years)
                        -- Counted back from the days: who was born on 29 February is older on 1 March.
                        WHERE r.birth_date > (s.graded_on - make_interval(years => a.years))::date
                          AND r.birth_date <= (%(day)s - make_interval(years => a.years))::date))
    UNION
    SELECT f.resident_id FROM (%(facts)s) f
      JOIN bphs_elderly_standing s ON s.resident_id = f.resident_id AND NOT s.whole
     WHERE f.changed > s.graded_at OR f.day > s.graded_on OR f.until >= s.graded_on AND f.until < %(day)s
        OR EXISTS (SELECT FROM (VALUES %(windows)s) AS w (months)
                    WHERE f.day > (s.graded_on - make_interval(months => w.months))::date
                      AND f.day <= (%(day)s - make_interval(months => w.months))::date)
"""


class BphsElderlyGrader(models.AbstractModel):
    """Every night: time alone changes grades. Only those are graded again whom it may have touched."""

    _inherit = "bphs.elderly.grader"

    @api.model
    def _cron_grade(self):
        """One job an institution, each its own transaction."""
        residents = self.env["bphs.resident"]._read_group([("status", "!=", "merged")], ["institution_id"])
        for (institution,) in residents:
            self.with_delay(
                description=self.env._("Colours of elders: %(institution)s", institution=institution.display_name),
                identity_key=f"bphs.elderly.grader.{institution.id}",
            )._grade_institution(institution.id)

    @api.model
    def _grade_institution(self, institution_id):
        """Grade who was touched since they were last graded; done again it changes nothing."""
        touched = self._touched(institution_id, self._county_today())
        self._grade(touched)
        self.env["bphs.plan"]._follow_colours(touched)

    def _touched(self, institution_id, day):
        """:return: ids of residents"""
        ruleset = self.env["bphs.elderly.ruleset"]._in_force_on(day).sudo()  # sudo: it rules whoever asks
        if not ruleset:
            return []
        self.env.flush_all()
        needs = needs_of(ruleset._core())
        query = SQL("SELECT resident_id FROM bphs_elderly_standing WHERE institution_id = %s", institution_id)
        people = [id_ for (id_,) in self.env.execute_query(query)]
        months = sorted({months for windows in needs.windows.values() for months in windows} or {1})
        query = SQL(
            TOUCHED,
            institution=institution_id,
            old=day - timedelta(65 * 365),
            ruleset=ruleset.id,
            day=SQL("%s::date", day),
            oldest=day - timedelta(LONGEST_DAYS * 6),
            ages=sorted(needs.ages | {65}),
            # Also what left its window since: of somebody graded long ago that may be a while.
            facts=all_facts(needs, day - timedelta(LONGEST_DAYS * 6 + 1), people),
            windows=SQL(", ").join(SQL("(%s)", number) for number in months),
        )
        return [id_ for (id_,) in self.env.execute_query(query)]
