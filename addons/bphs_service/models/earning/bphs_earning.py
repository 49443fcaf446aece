from odoo import api, models
from odoo.tools import SQL

from ...tools.earning import counting

# Who stood in a key group when; modules add what else a rule may ask for.
GROUPS = "SELECT resident_id, kind, date_from, date_to FROM bphs_resident_group WHERE %s"
# `why` is what bars a record whatever else was done; where it is null the record stands, and the first of the day and
# of the span counts. Nearly everybody has one record in a span: which have several is told by hashing, and these alone
# are sorted. What is hashed is one number: of a person and the place of the rule's group (`stood`); of a person, the
# place of the item among those of rules (under 1,024) and the days from the first to the span's beginning (`once`).
# The same is said record by record in `tools/earning/counting.py`.
COUNTED = """
    WITH people AS MATERIALIZED (%(people)s), rule AS MATERIALIZED (
        SELECT r.id, r.item_id, r.contact = 'face' AS face, r.contact = 'home' AS home,
               r.contact = 'elsewhere' AS elsewhere, array_position(%(kinds)s::text[], r.group_kind::text) AS kind,
               r.needs, r.once, r.rechecks, t.id AS template_id,
               CASE r.once WHEN 'year' THEN date_trunc('year', %(first)s::date)::date ELSE %(first)s END AS since,
               r.date_from, coalesce(r.date_to, 'infinity') AS date_to,
               t.item_id IS NULL OR t.item_id = r.item_id AS main,
               count(*) OVER (PARTITION BY t.id) > 1 AS several, dense_rank() OVER (ORDER BY r.item_id) << 12 AS place
          FROM bphs_earning_rule r
          JOIN bphs_form_template t ON t.code = r.form_code
         WHERE r.date_from <= %(last)s AND coalesce(r.date_to, 'infinity') >= %(first)s
    ), calendar AS MATERIALIZED (
        SELECT d::date AS day, date_trunc('month', d)::date - %(since)s AS month,
               date_trunc('quarter', d)::date - %(since)s AS quarter, date_trunc('year', d)::date - %(since)s AS year
          FROM generate_series(%(since)s::timestamp, %(last)s::timestamp, '1 day') d
    ), stay AS MATERIALIZED (
        SELECT resident_id::bigint << 6 | array_position(%(kinds)s::text[], kind::text) AS stood, date_from, date_to,
               coalesce(date_from <= %(since)s, TRUE) AND coalesce(date_to >= %(last)s, TRUE) AS throughout
          FROM (%(groups)s) g
         WHERE kind = ANY(%(kinds)s)
           AND coalesce(date_from <= %(last)s, TRUE) AND coalesce(date_to >= %(since)s, TRUE)
    ), member AS (
        SELECT stood, range_agg(daterange(date_from, date_to, '[]')) AS days
          FROM stay WHERE NOT throughout GROUP BY stood
    ), untrue AS (
        SELECT e.visit_id FROM bphs_authenticity_evidence e
          JOIN bphs_authenticity_finding f ON f.id = e.finding_id AND f.state IN ('verified', 'closed')
         WHERE e.verdict = 'false'
    ), recheck AS (
        SELECT visit_id FROM bphs_followup
         WHERE visit_id IS NOT NULL AND kind IN ('recheck', 'referral') AND %(of_people)s
    ), standing AS MATERIALIZED (
        SELECT v.id, v.resident_id, v.institution_id, v.worker_id, v.done_on, r.item_id, r.main, r.several,
               r.rechecks AND v.id IN (SELECT visit_id FROM recheck) AS recheck,
               v.resident_id::bigint << 22 | r.place
               | CASE r.once WHEN 'day' THEN v.done_on - %(since)s WHEN 'month' THEN calendar.month
                             WHEN 'quarter' THEN calendar.quarter ELSE calendar.year END AS once,
               CASE WHEN v.state = 'draft' THEN 'waiting'
                    WHEN r.face AND v.face_to_face IS NOT TRUE
                      OR r.home AND v.mode <> 'home'
                      OR r.elsewhere AND v.mode = 'home'
                      OR r.kind IS NOT NULL
                         AND (v.resident_id::bigint << 6 | r.kind IN (SELECT stood FROM stay WHERE throughout)
                              OR member.days @> v.done_on) IS NOT TRUE
                      OR r.needs IS NOT NULL AND (%(unmeasured)s) THEN 'unmet'
                    WHEN v.period_closed THEN 'closed'
                    WHEN v.id IN (SELECT visit_id FROM untrue) THEN 'false'
                    WHEN v.is_complete IS NOT TRUE THEN 'incomplete' END AS why
          FROM (SELECT v.* FROM bphs_visit v
                 WHERE v.done_on BETWEEN %(since)s AND %(last)s AND v.state IN ('draft', 'done') AND %(of_visits)s
                   AND (v.done_on >= %(first)s
                        OR v.template_id = ANY(ARRAY(SELECT template_id FROM rule WHERE once = 'year')))
                 -- Read once, whatever the planner thinks of how few the rules are.
                OFFSET 0) v
          JOIN rule r ON r.template_id = v.template_id AND v.done_on BETWEEN r.date_from AND r.date_to
           AND v.done_on >= r.since
          JOIN calendar ON calendar.day = v.done_on
          LEFT JOIN member ON member.stood = (v.resident_id::bigint << 6 | r.kind)
    ), repeated AS MATERIALIZED (
        SELECT once FROM standing
         -- Said so that the planner takes them for many, and hashes them.
         WHERE NOT coalesce(why <> '', FALSE) GROUP BY once HAVING count(*) > 1
    ), judged AS (
        SELECT *, row_number() OVER of_span AS nth, row_number() OVER of_day AS nth_of_day
          FROM standing
         -- IS TRUE: looked up in a hash, whatever the planner thinks of how few there are.
         WHERE why IS NULL AND (once IN (SELECT once FROM repeated)) IS TRUE
        WINDOW of_span AS (PARTITION BY once ORDER BY done_on, id),
               of_day AS (PARTITION BY once, done_on ORDER BY id)
    ), told AS (
        SELECT id, resident_id, institution_id, worker_id, done_on, item_id, coalesce(why, 'counts') AS verdict
          FROM standing
         WHERE done_on >= %(first)s
           AND CASE WHEN why IS NULL THEN (once IN (SELECT once FROM repeated)) IS NOT TRUE
                    WHEN why <> 'unmet' THEN TRUE
                    ELSE main AND NOT (several AND id IN (SELECT id FROM standing
                                                           WHERE several AND why IS DISTINCT FROM 'unmet')) END
         UNION ALL
        SELECT id, resident_id, institution_id, worker_id, done_on, item_id,
               CASE WHEN nth_of_day > 1 THEN 'duplicate'
                    WHEN nth > 1 AND NOT recheck THEN 'outside'
                    ELSE 'counts' END
          FROM judged WHERE done_on >= %(first)s
    )
"""
SHARED = """
    SELECT id, resident_id, institution_id, worker_id, done_on, item_id,
           CASE WHEN verdict = 'counts' AND row_number() OVER (
                    PARTITION BY resident_id, done_on, verdict ORDER BY coalesce(w.worth, 0) DESC, item_id, id) > 1
                THEN 'shared' ELSE verdict END AS verdict
      FROM told LEFT JOIN (VALUES %(worth)s) w (item, worth) ON w.item = told.item_id
"""
UNHIDDEN = """
    NOT EXISTS (SELECT FROM bphs_visit v JOIN bphs_resident r ON r.id = v.resident_id
                 WHERE v.id = t.id AND (v.sensitive OR r.restricted))
"""


class BphsEarning(models.AbstractModel):
    """What service records come to as work: the one statement from which quantities, lists and shares are told."""

    _name = "bphs.earning"
    _description = "Work from Service Records"

    # === HOOKS === #

    @api.model
    def _group_queries(self, of_people):
        """What a rule may ask for, and who stood in it when.

        :param SQL of_people: of whom alone, by `resident_id`
        :return: list of SQL that tell resident_id, kind, date_from and date_to
        """
        return [SQL(GROUPS, of_people)]

    # === THE STATEMENT === #

    @api.model
    def _told(self, first, last, institutions=None, plain=False):
        """The statement that tells of each record done or begun between two days what it comes to.

        :param institutions: of the people alone for whom these did something then, with all that was done for them;
            None: of everybody
        :param bool plain: as if there were no records for named persons: beside a list without them, what one of them
            did to another of the same person, as share its contact, would tell that it is there
        :return: (SQL of the WITH clauses, SQL of a query of id, resident_id, institution_id, worker_id, done_on,
            item_id and verdict, one of :data:`counting.VERDICTS`)
        """
        self.env.flush_all()
        # Compiling so wide a statement takes longer than running it; what a county is told by fits into memory.
        self.env.cr.execute(SQL("SET LOCAL jit = off; SET LOCAL work_mem = '64MB'"))
        rules = self.env["bphs.earning.rule"]._cores(first, last)
        needs = sorted({rule.needs for rule in rules if rule.needs})
        unmeasured = [SQL("r.needs = %s AND coalesce(%s, 0) = 0", name, SQL.identifier("v", name)) for name in needs]
        # The first days of the spans that reach back furthest: where nothing asks for the year, the quarter is read.
        since = min([first, *(counting.span_of(rule.once, first) for rule in rules)])
        everybody = institutions is None
        people = SQL("SELECT NULL::int AS resident_id")
        if not everybody:
            people = SQL(
                "SELECT DISTINCT resident_id FROM bphs_visit"
                " WHERE institution_id = ANY(%s) AND done_on BETWEEN %s AND %s",
                institutions.ids,
                first,
                last,
            )
        of_people = SQL("TRUE") if everybody else SQL("resident_id IN (SELECT resident_id FROM people)")
        of_visits = SQL("TRUE") if everybody else SQL("v.resident_id IN (SELECT resident_id FROM people)")
        if plain:
            of_visits = SQL("%s AND v.sensitive IS NOT TRUE", of_visits)
        clauses = SQL(
            COUNTED,
            first=first,
            last=last,
            since=SQL("%s::date", since),
            kinds=sorted({rule.group for rule in rules if rule.group}),
            groups=SQL(" UNION ALL ").join(self._group_queries(of_people)),
            unmeasured=SQL(" OR ").join(unmeasured) if unmeasured else SQL("FALSE"),
            people=people,
            of_people=of_people,
            of_visits=of_visits,
        )
        way, _percent = self._sharing_on(last)
        if way == counting.FULL:
            return clauses, SQL("SELECT * FROM told")
        worth = self._worth_on(last)
        values = [SQL("(%s, %s)", item, value) for item, value in worth.items()] or [SQL("(0, 0)")]
        return clauses, SQL(SHARED, worth=SQL(", ").join(values))

    @api.model
    def _counts(self, period, institutions=None):
        """:return: {(institution id, item id): {verdict: records}} of a period, in one statement"""
        return self._counts_and_seen(period, institutions)[0]

    @api.model
    def _counts_and_seen(self, period, institutions=None, hide=False):
        """:param bool hide: count apart what is not for named persons alone; else both are the same
        :return: what `_counts` returns, of all records and of those that stand in everybody's list
        """
        whole = self._counts_by(period, institutions, hide)
        if hide and self._has_hidden_beside_others(period):
            return whole[0], self._counts_by(period, institutions, hide, plain=True)[1]
        return whole

    @api.model
    def _has_hidden_beside_others(self, period):
        """Whether there is a record for named persons of somebody whom everybody sees, done by the end of a
        period within its year."""
        found = SQL(
            """
            SELECT EXISTS (
                SELECT FROM bphs_visit v JOIN bphs_resident r ON r.id = v.resident_id AND r.restricted IS NOT TRUE
                 WHERE v.sensitive AND v.done_on BETWEEN date_trunc('year', %s::date) AND %s)
            """,
            period.date_start,
            period.date_end,
        )
        return self.env.execute_query(found)[0][0]

    @api.model
    def _counts_by(self, period, institutions, hide, plain=False):
        """:return: as above"""
        seen = SQL(UNHIDDEN) if hide else SQL("TRUE")
        clauses, told = self._told(period.date_start, period.date_end, institutions, plain)
        here = SQL("TRUE") if institutions is None else SQL("institution_id = ANY(%s)", institutions.ids)
        query = SQL(
            "%s SELECT institution_id, item_id, verdict, count(*), count(*) FILTER (WHERE %s) FROM (%s) t WHERE %s"
            " GROUP BY institution_id, item_id, verdict",
            clauses,
            seen,
            told,
            here,
        )
        found = {}, {}
        for institution, item, verdict, *counts in self.env.execute_query(query):
            for counted, count in zip(found, counts, strict=True):
                counted.setdefault((institution, item), dict.fromkeys(counting.VERDICTS, 0))[verdict] = count
        return found

    @api.model
    def _hides(self):
        """Whether whoever asks is not to know of records for named persons."""
        return not self.env.su and not self.env.user.has_group("bphs_resident.group_sensitive")

    @api.model
    def _records_of(self, period, institution, item, verdicts):
        """:return SQL: a query of the ids of the records behind a figure"""
        clauses, told = self._told(period.date_start, period.date_end, institution, plain=self._hides())
        return SQL(
            "%s SELECT id FROM (%s) t WHERE institution_id = %s AND item_id = %s AND verdict = ANY(%s)",
            clauses,
            told,
            institution.id,
            item.id,
            list(verdicts),
        )

    # === SETTINGS === #

    @api.model
    def _sharing_on(self, day):
        return self.env["bphs.earning.sharing"]._on(day)

    @api.model
    def _sharing_words(self, day):
        """:return str: how items that share a contact are counted, to stand beside figures"""
        way, percent = self._sharing_on(day)
        words = dict(self.env["bphs.earning.sharing"]._fields["way"]._description_selection(self.env))[way]
        return f"{words}（{percent}%）" if way == counting.PART else words

    @api.model
    def _worth_on(self, day):
        """:return dict: item id -> its equivalent in force on a day"""
        # sudo: the catalogue is the county's
        return self.env["bphs.service.item"].sudo().search([("code", "!=", False)])._equivalents_on(day)
