from dateutil.relativedelta import relativedelta

from odoo import api, models
from odoo.tools import SQL

from ...tools.authenticity.chance import beside_the_others
from .passes import RECORDS, SEEN_BY_ALL, UNITS
from .statements import STATEMENTS

KEPT = 200
# Whose figure is over the limit; how the records of all others come out.
UNEVEN = {
    "fudging": """
        SELECT number, below, below + above, all_below - below, all_below + all_above - below - above
          FROM (SELECT u.*, sum(u.below) OVER () AS all_below, sum(u.above) OVER () AS all_above
                  FROM doubtful_unit u) u
         WHERE below + above >= %(least)s AND below > %(most)s * above
    """,
    "control_high": """
        SELECT number, controlled, judged, all_controlled - controlled, all_judged - judged
          FROM (SELECT u.*, sum(u.controlled) OVER () AS all_controlled, sum(u.judged) OVER () AS all_judged
                  FROM doubtful_unit u) u
         WHERE judged >= %(least)s AND 100.0 * controlled > %(most)s * judged
    """,
}
# How many records together make a doubt, where it is their number that does.
ENOUGH = {
    "many_a_day": lambda limits: limits.most + 1,
    "at_once": lambda limits: limits.least,
    "repeated": lambda limits: limits.least,
    "shared_phone": lambda limits: limits.least,
    "clinic_differs": lambda limits: limits.least,
}
# Where the chance is kept, and the share that the limit of the check allows.
CHANCE = {
    "fudging": ("chance_below", lambda most: most / (most + 1)),
    "control_high": ("chance_controlled", lambda most: min(most / 100, 1)),
}
# The same doubt found again is the same one; what is being looked into stays as it was drawn. Where records that
# everybody sees are too few for the limit, the others make the doubt: it rests on these, and is for who sees them.
STORE = """
    WITH told AS MATERIALIZED (%(statement)s),
    made AS (
        INSERT INTO bphs_authenticity_finding AS f
               (check_id, hard, institution_id, worker_id, date_from, date_to, key, seen, state,
                create_uid, create_date, write_uid, write_date)
        SELECT %(check)s, %(hard)s, t.institution_id, t.worker_id, %(first)s, %(last)s, t.key, t.seen, 'found',
               %(uid)s, %(now)s, %(uid)s, %(now)s
          FROM told t WHERE t.institution_id IS NOT NULL
        ON CONFLICT (check_id, institution_id, coalesce(worker_id, 0), date_from, key) DO UPDATE
           SET seen = excluded.seen, date_to = excluded.date_to, write_date = excluded.write_date
         WHERE f.state = 'found'
        RETURNING id, institution_id, worker_id, key
    )
    INSERT INTO bphs_authenticity_evidence
           (finding_id, visit_id, sampled, create_uid, create_date, write_uid, write_date)
    SELECT m.id, shown.visit_id, FALSE, %(uid)s, %(now)s, %(uid)s, %(now)s
      FROM made m
      JOIN told t ON t.institution_id = m.institution_id AND t.worker_id IS NOT DISTINCT FROM m.worker_id
       AND t.key = m.key
      CROSS JOIN LATERAL (
            SELECT s.visit_id
              FROM (SELECT v.id AS visit_id, told.plain, count(*) FILTER (WHERE told.plain) OVER () AS plains,
                           bool_and(told.plain) OVER () AS all_plain
                      FROM unnest(t.visits) one (id)
                      JOIN bphs_visit v ON v.id = one.id
                     CROSS JOIN LATERAL (SELECT %(seen_by_all)s AS plain) told) s
             WHERE NOT s.plain OR s.all_plain OR s.plains >= %(enough)s) shown
    ON CONFLICT (finding_id, visit_id) DO NOTHING
"""


class BphsAuthenticityFinding(models.Model):
    """Doubts are found in sets: each check is one statement over the records of the days."""

    _inherit = "bphs.authenticity.finding"

    @api.model
    def _find(self, first, last, checks=None):
        """Look for doubts in the records done between two days.

        :param checks: bphs.authenticity.check; None: all in use
        :return dict: code of a check -> doubts that stand of these days
        """
        self.env.flush_all()
        cr = self.env.cr
        checks = self.env["bphs.authenticity.check"].search([("active", "=", True)]) if checks is None else checks
        days = {"first": first, "last": last, "before": first - relativedelta(months=3)}
        # Compiling takes longer than running; what is summed by unit, day and minute fits into memory.
        cr.execute("SET LOCAL jit = off; SET LOCAL work_mem = '192MB'")
        ruling = checks._limits_on(first)
        self._read(ruling, days)
        for check, row in ruling.items():
            text = STATEMENTS[check.code]
            limits = {"least": row.least, "most": row.most, "chance": row.chance, "kept": KEPT}
            cr.execute(
                SQL(
                    STORE,
                    statement=SQL(text, **_of(text, days | limits)),
                    check=check.id,
                    hard=check.hard,
                    first=first,
                    last=last,
                    uid=self.env.uid,
                    now=cr.now(),
                    seen_by_all=SQL(SEEN_BY_ALL),
                    enough=int(ENOUGH[check.code](row)) if check.code in ENOUGH else 1,
                )
            )
        self._forget()
        self.invalidate_model()
        self.env["bphs.authenticity.evidence"].invalidate_model()
        # sudo: all there are, wherever they are
        rows = self.sudo()._read_group(
            [("date_from", "=", first), ("check_id", "in", checks.ids)], ["check_id"], ["__count"]
        )
        found = {check.code: count for check, count in rows}
        return {check.code: found.get(check.code, 0) for check in checks}

    @api.model
    def _read(self, ruling, days):
        """Read the records once, and make the figures of units, where one of these checks asks for them.

        :param dict ruling: check -> the row of its limits
        """
        self._forget()
        if any("doubtful_" in STATEMENTS[check.code] for check in ruling):
            hours = [int(limits.most) for check, limits in ruling.items() if check.code == "at_night"]
            asked = {**days, "night": max(hours, default=0)}
            for text in (RECORDS, UNITS):
                self.env.cr.execute(SQL(text, **_of(text, asked)))
            self.env.cr.execute("ANALYZE doubtful_unit")
        for check, limits in ruling.items():
            if check.code in UNEVEN:
                self._judge_by_chance(check.code, limits)

    @api.model
    def _judge_by_chance(self, code, limits):
        """Say of each unit whose figure is over the limit how likely that is by chance."""
        column, allowed = CHANCE[code]
        rows = self.env.execute_query(SQL(UNEVEN[code], least=limits.least, most=limits.most))
        for number, *counts in rows:
            chance = beside_the_others(*map(int, counts), allowed(limits.most))
            self.env.cr.execute(
                SQL("UPDATE doubtful_unit SET %s = %s WHERE number = %s", SQL.identifier(column), chance, number)
            )

    @api.model
    def _forget(self):
        self.env.cr.execute("DROP TABLE IF EXISTS doubtful_unit, doubtful_record")

    @api.model
    def _cron_find(self):
        """As every night: the running quarter, and the one before it while its first month's records still come in."""
        today = self._county_today()
        quarters = self.env["bphs.period"].search(
            [
                ("kind", "=", "quarter"),
                ("date_start", "<=", today),
                ("date_end", ">=", today - relativedelta(months=1)),
            ],
            order="date_start",
        )
        for quarter in quarters:
            self._find(quarter.date_start, quarter.date_end)


def _of(text, values):
    """Those of the values that a statement names."""
    return {name: value for name, value in values.items() if f"%({name})s" in text}
