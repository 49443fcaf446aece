"""A county whose true figures are those of the notice, put into the tables by plain SQL: by number, who is what.

Nothing of what counts is used here. Whoever is looked after well has the records the specification asks for, whoever is
not fails it in one of several ways; and there is what counts for nobody: drafts, voided records, telephone calls,
records of other years, people who left their group, died or moved away, files that were merged.
"""

from dataclasses import asdict, dataclass

from odoo.tools import SQL

PEOPLE = """
    CREATE TEMP TABLE notice_person ON COMMIT DROP AS
    SELECT n, nextval('bphs_resident_id_seq')::int AS id FROM generate_series(1, %(files)s + %(gone)s) n ORDER BY n
"""
# Children by number: six to forty-eight months old, the first of them born in the year; newborns; the older ones.
RESIDENTS = """
    INSERT INTO bphs_resident (id, ehr_number, name, sex, birth_date, id_type, id_reason, division_id, institution_id,
                               township_id, residence_kind, status, status_date, file_created_on, active, standardised,
                               restricted)
    SELECT id, '99' || lpad(n::text, 15, '0'), '通报' || n,
           CASE WHEN n %% 2 = 0 AND n NOT BETWEEN %(mothers_from)s AND %(mothers_to)s THEN 'male' ELSE 'female' END,
           CASE WHEN n <= %(births)s / 2 THEN %(autumn)s::date - 200 - n %% 160
                WHEN n <= %(infants)s THEN %(autumn)s::date - 380 - n %% 1060
                WHEN n <= %(infants)s + %(births)s - %(births)s / 2 THEN %(autumn)s::date - 20 - n %% 150
                WHEN n <= %(children)s THEN %(autumn)s::date - 1470 - n %% 1080
                WHEN n < %(elders_from)s + %(elders)s THEN (%(last)s::date - interval '65 years')::date - n %% 9000
                WHEN n BETWEEN %(mothers_from)s AND %(mothers_to)s THEN %(last)s::date - 9000 - n %% 4000
                ELSE (%(last)s::date - interval '64 years')::date + n %% 16000 END,
           'none', '演练', p.division_id, p.institution_id, p.township_id, 'registered',
           CASE WHEN n <= %(files)s THEN 'active' ELSE (ARRAY['died', 'moved_out', 'merged']) [1 + n %% 3] END,
           CASE WHEN n > %(files)s THEN %(last)s::date - 200 END, %(last)s::date - 2500, n <= %(files)s,
           n <= %(standardised)s, n > %(files)s - %(ill)s AND n <= %(files)s
      FROM notice_person
      JOIN unnest(%(divisions)s::int[], %(institutions)s::int[], %(townships)s::int[])
           WITH ORDINALITY p (division_id, institution_id, township_id, at) ON p.at = 1 + n %% 3
"""
# Whoever joins in July needs but two records; whoever left the group in the year is not looked at, nor is who died.
GROUPS = """
    INSERT INTO bphs_resident_group (resident_id, kind, date_from, date_to, basis)
    SELECT p.id, k.kind, CASE WHEN n %% 10 = 0 THEN %(july)s::date ELSE %(last)s::date - 900 END,
           CASE WHEN k.gone THEN %(last)s::date - 40 END, '演练'
      FROM (SELECT 'hypertension', n, FALSE FROM generate_series(%(htn_from)s, %(htn_to)s) n
            UNION ALL SELECT 'diabetes', n, FALSE FROM generate_series(%(dm_from)s, %(dm_to)s) n
            UNION ALL SELECT 'smi', n, FALSE FROM generate_series(%(files)s - %(ill)s + 1, %(files)s) n
            UNION ALL SELECT 'hypertension', n, n %% 2 = 0
                        FROM generate_series(%(files)s + 1, %(files)s + %(gone)s) n
            UNION ALL SELECT 'hypertension', n, TRUE FROM generate_series(%(htn_to)s + 1, %(htn_to)s + %(gone)s) n
           ) k (kind, n, gone)
      JOIN notice_person p USING (n)
"""
# A row a record: whose, of which form, on which day, how, whether it counts, what it measured and what else it says.
VISITS = """
    INSERT INTO bphs_visit (resident_id, template_id, done_on, entered_on, mode, face_to_face, source, state, sensitive,
                            is_complete, is_scored, systolic, diastolic, fasting_glucose, weeks, answers)
    SELECT p.id, t.id, v.day, v.day, CASE WHEN v.phone THEN 'phone' ELSE 'home' END, NOT v.phone, 'entered', v.state,
           t.sensitive, v.whole, FALSE, v.pressure, v.pressure - 50, v.glucose, v.weeks, v.answers
      FROM (%(told)s) v (n, form, day, phone, state, whole, pressure, glucose, weeks, answers)
      JOIN notice_person p USING (n)
      JOIN bphs_form_template t ON t.code = v.form AND t.state = 'published'
"""
NOTHING_MORE = "NULL::int, NULL::numeric, NULL::int, NULL::jsonb"


def _in_month(month):
    """:return str: a day of a month of the year, by SQL; 0 is the December before"""
    return f"(%(first)s::date + ({month}) * interval '1 month')::date - 20 + n %% 9"


# The one form for all diseases measures both, each other form its own. Whoever joined in July was seen twice.
GOOD = f"""
    SELECT n, %(form)s, {_in_month("months.month")}, FALSE, 'done', TRUE,
           CASE WHEN %(form)s <> 'diabetes' THEN 130 END, CASE WHEN %(form)s <> 'hypertension' THEN 6.1 END,
           NULL::int, NULL::jsonb
      FROM generate_series(%(since)s, %(until)s) n
     CROSS JOIN LATERAL unnest(CASE WHEN n %% 10 = 0 THEN ARRAY[8, 11] ELSE ARRAY[2, 5, 8, 11] END) months (month)
"""
# Four records in the year, and each way of failing all the same; of who joined in July there are drafts alone.
WAYS = """(ARRAY['phone', 'one month', 'voided', 'year before', 'not measured', 'with blanks', 'recheck left',
                 'not examined']) [1 + n %% %(ways)s]"""
BAD_MONTH = "CASE way WHEN 'one month' THEN 7 WHEN 'year before' THEN 3 * k - 3 ELSE 3 * k END"
BAD = f"""
    SELECT n, %(form)s, {_in_month(BAD_MONTH)},
           way = 'phone', CASE WHEN way = 'voided' AND k = 4 THEN 'voided' ELSE 'done' END,
           way <> 'with blanks' OR k > 1,
           CASE WHEN way = 'not measured' AND k = 3 THEN 0 WHEN %(form)s = 'hypertension' THEN 150 END,
           CASE WHEN way = 'not measured' AND k = 3 THEN 0 WHEN %(form)s = 'diabetes' THEN 8.2 END,
           NULL::int, NULL::jsonb
      FROM generate_series(%(since)s, %(until)s) n
     CROSS JOIN generate_series(1, 4) k CROSS JOIN LATERAL (SELECT {WAYS} AS way) w WHERE n %% 10 > 0
    UNION ALL
    SELECT n, %(form)s, {_in_month("9")}, FALSE, 'draft', TRUE, {NOTHING_MORE}
      FROM generate_series(%(since)s, %(until)s) n
"""
# The yearly examination of the ill who are not examined as elders: an elder's has blanks, so that it is no care of one.
EXAMS = f"""
    SELECT n, 'elder_exam', {_in_month("3 + n %% 7")}, FALSE, 'done', n >= %(elders_from)s + %(elders)s, {NOTHING_MORE}
      FROM generate_series(%(elders_from)s + %(elders_good)s, %(htn_to)s) n
     WHERE n %% 10 > 0 AND (n < %(since)s OR {WAYS} <> 'not examined')
"""
ELDERS = f"""
    SELECT n, form, {_in_month("4 + n %% 6")}, FALSE, 'done', TRUE, {NOTHING_MORE}
      FROM generate_series(%(elders_from)s, %(elders_from)s + %(elders_good)s - 1) n
     CROSS JOIN unnest(ARRAY['elder_exam', 'self_care']) form
    UNION ALL
    SELECT n, form, {_in_month("CASE WHEN form = 'elder_exam' AND n %% 4 = 1 THEN 0 ELSE 4 + n %% 6 END")}, FALSE,
           CASE WHEN form = 'elder_exam' AND n %% 4 = 2 THEN 'draft' ELSE 'done' END,
           form = 'self_care' OR n %% 4 > 0, {NOTHING_MORE}
      FROM generate_series(%(elders_from)s + %(elders_good)s, %(elders_from)s + %(elders)s - 1) n
     CROSS JOIN unnest(ARRAY['elder_exam', 'self_care']) form WHERE n %% 4 < 3
    UNION ALL
    SELECT n, 'tcm33', {_in_month("6")}, FALSE,
           CASE WHEN n < %(elders_from)s + %(elders_tcm)s OR n %% 2 = 0 THEN 'done' ELSE 'draft' END,
           n < %(elders_from)s + %(elders_tcm)s OR n %% 2 = 1, {NOTHING_MORE}
      FROM generate_series(%(elders_from)s, %(elders_from)s + %(elders)s - 1) n
"""
# The year of mothers and children began in October: a check of the summer before is of the year before.
CHILDREN = f"""
    SELECT n, 'child',
           CASE WHEN n > %(checked)s THEN {_in_month("-4")}
                WHEN n BETWEEN %(infants)s + 1 AND %(infants)s + %(births)s - %(births)s / 2
                THEN %(autumn)s::date - n %% 15 ELSE {_in_month("4 + n %% 5")} END, FALSE, 'done', TRUE, {NOTHING_MORE}
      FROM generate_series(1, %(children)s) n
"""
# One record for each age a child came to in the year. Whoever fails has one of them voided, with blanks, or not at all.
CHILD_TCM = f"""
    SELECT n, 'child_tcm', day, FALSE,
           CASE WHEN bad AND last AND n %% 3 = 0 THEN 'voided' ELSE 'done' END, NOT (bad AND last AND n %% 3 = 1),
           {NOTHING_MORE}
      FROM (SELECT n, a.day, n > %(child_tcm)s AS bad,
                   row_number() OVER (PARTITION BY n ORDER BY a.day DESC) = 1 AS last
              FROM generate_series(1, %(infants)s) n JOIN notice_person p USING (n) JOIN bphs_resident r ON r.id = p.id
             CROSS JOIN LATERAL (SELECT (r.birth_date + k * interval '6 months')::date AS day
                                   FROM generate_series(1, 6) k) a
             WHERE a.day BETWEEN %(october)s::date AND %(autumn)s::date) told
     WHERE NOT (bad AND last AND n %% 3 = 2)
"""
OTHERS = f"""
    SELECT n, 'smi', {_in_month("5")}, FALSE, 'done', TRUE, {NOTHING_MORE}
      FROM generate_series(%(files)s - %(ill)s + 1, %(files)s - %(ill)s + %(seen)s) n
    UNION ALL
    SELECT n, 'hypertension', {_in_month("3 * k")}, FALSE, 'done', TRUE, 130, NULL::numeric, NULL::int, NULL::jsonb
      FROM (SELECT generate_series(%(files)s + 1, %(files)s + %(gone)s) AS n
            UNION ALL SELECT generate_series(%(htn_to)s + 1, %(htn_to)s + %(gone)s)) gone
     CROSS JOIN generate_series(1, 4) k
"""
# Births by the mother: the first check too late; four checks, born at home, or seen too late; and all as it should be.
MOTHERS = """
    WITH mother AS (
        SELECT %(mothers_from)s + m - 1 AS n, m <= %(early)s AS early, %(autumn)s::date - 3 - m %% 350 AS born,
               CASE WHEN m > %(system)s THEN (ARRAY['four', 'home', 'late']) [1 + m %% 3] ELSE '' END AS way
          FROM generate_series(1, %(births)s) m)
    SELECT n, CASE k WHEN 1 THEN 'antenatal_first' ELSE 'antenatal' END,
           born - (ARRAY[200, 150, 120, 60, 20]) [k], FALSE, 'done', TRUE, NULL::int, NULL::numeric,
           CASE WHEN k > 1 THEN 12 + 5 * k WHEN early THEN 12 ELSE 13 END, NULL::jsonb
      FROM mother CROSS JOIN generate_series(1, 5) k WHERE way <> 'four' OR k < 5
    UNION ALL
    SELECT n, 'postpartum', born + CASE way WHEN 'late' THEN 33 ELSE 10 END, FALSE, 'done', TRUE, NULL, NULL, NULL,
           jsonb_build_object('delivered_on', born)
           || CASE WHEN way = 'home' THEN '{}' ELSE jsonb_build_object('discharged_on', born + 3) END
      FROM mother
"""
# A recheck after two weeks is left, or done too late; of a few who are looked after well it was done on its last day,
# and a visit that no rule of rechecks asks for was missed.
PLANS = """
    INSERT INTO bphs_plan (resident_id, clock_id, code, date_from, origin)
    SELECT p.id, c.id, c.code, %(last)s::date - 900, 'manual'
      FROM notice_person p
      JOIN bphs_clock c ON c.id = %(clock)s
     WHERE n %% 10 > 0 AND (n BETWEEN %(since)s AND %(until)s AND {ways} = 'recheck left'
        OR n BETWEEN %(good_from)s AND %(since)s - 1 AND n %% 50 = 7)
"""
FOLLOWUPS = """
    INSERT INTO bphs_followup (plan_id, resident_id, clock_id, kind, key, opens_on, due_on, closes_on, missed_from,
                               closed_on)
    SELECT l.id, l.resident_id, l.clock_id, d.kind, d.kind || '通报', d.day, d.day, d.day + 7, d.day + 60,
           CASE WHEN d.kind = 'due' THEN NULL WHEN n < %(since)s THEN d.day + 7 WHEN n %% 2 = 0 THEN d.day + 8 END
      FROM bphs_plan l
      JOIN notice_person p ON p.id = l.resident_id
     CROSS JOIN (VALUES ('recheck', %(july)s::date + 30), ('due', %(july)s::date + 90)) d (kind, day)
     WHERE l.clock_id = %(clock)s AND (d.kind = 'recheck' OR n < %(since)s)
"""
CONTRACTS = """
    INSERT INTO bphs_contract (resident_id, team_id, package_id, signed_on, date_from, months, date_to, until, state,
                               source)
    SELECT id, %(team)s, %(package)s, %(last)s::date - 100, %(last)s::date - 100, 24, %(last)s::date + 600,
           CASE WHEN n <= %(signed)s OR n %% 2 = 0 THEN %(last)s::date + 601 ELSE %(last)s::date - 5 END,
           CASE WHEN n <= %(signed)s THEN 'running' WHEN n %% 2 = 0 THEN 'review' ELSE 'ended' END, 'home'
      FROM notice_person WHERE n <= %(signed)s + %(gone)s
"""


@dataclass(frozen=True)
class Figures:
    """Numerators as the notice prints them, over denominators that its rates allow where it gives none."""

    files: int
    standardised: int
    children: int
    checked: int
    infants: int
    child_tcm: int
    births: int
    early: int
    system: int
    elders: int
    elders_good: int
    elders_tcm: int
    htn: int
    htn_good: int
    dm: int
    dm_good: int
    ill: int
    seen: int
    population: int
    signed: int
    gone: int = 90  # who died, moved away, or left a group, beside them
    both: int = 100  # of both diseases, on the one form


NOTICE = Figures(
    *(310_869, 292_216, 16_256, 15_036, 8_000, 6_880, 1_779, 1_673, 1_666, 51_200, 42_479, 39_996),
    *(62_908, 48_439, 15_442, 11_427, 1_193, 1_145, 271_000, 248_859),
)
# The same rates as they are printed, over a tenth of the county; of births the fewest that print both of theirs.
TENTH = Figures(
    *(31_087, 29_222, 1_626, 1_504, 800, 688, 739, 695, 692, 5_120, 4_248, 4_000, 6_291, 4_844, 1_544, 1_143, 120, 115),
    *(27_100, 24_886),
)


def seed(case, figures, year):
    """Put the county of these figures into the villages of the small county; its own residents count for nobody."""
    env, run = case.env, case.env.cr.execute
    env.flush_all()
    run("UPDATE bphs_resident SET status = 'merged', active = FALSE")
    clinics = (case.clinic_a1, case.clinic_a2, case.clinic_b1)
    given = {
        **asdict(figures),
        **{"first": f"{year}-01-01", "july": f"{year}-07-01", "last": f"{year}-12-31"},
        **{"october": f"{year - 1}-10-01", "autumn": f"{year}-09-30"},
        "divisions": [case.village_a1.id, case.village_a2.id, case.village_b1.id],
        "institutions": [clinic.id for clinic in clinics],
        "townships": [clinic.parent_id.id for clinic in clinics],
    }
    # Half of those with high blood pressure are elders; the last with diabetes are the first of them.
    given["elders_from"] = figures.children + 1
    given["htn_from"] = since = given["elders_from"] + figures.elders // 2
    given["htn_to"] = since + figures.htn - 1
    given["dm_to"] = since + figures.both - 1
    given["dm_from"] = given["dm_to"] - figures.dm + 1
    given["mothers_from"] = given["htn_to"] + figures.gone + 1
    given["mothers_to"] = given["mothers_from"] + figures.births - 1
    for statement in (PEOPLE, RESIDENTS, GROUPS):
        run(SQL(statement, **given))
    worse, bad_from = given["dm_from"] + figures.dm - figures.dm_good, since + figures.htn_good
    # All with diabetes are elders who were examined: they fail in every way but the last.
    for statement, form, first, last, ways in (
        (GOOD, "chronic", since, given["dm_to"], 8),
        (GOOD, "hypertension", given["dm_to"] + 1, bad_from - 1, 8),
        (BAD, "hypertension", bad_from, given["htn_to"], 8),
        (GOOD, "diabetes", worse, since - 1, 7),
        (BAD, "diabetes", given["dm_from"], worse - 1, 7),
        (EXAMS, None, bad_from, None, 8),
        *((one, None, None, None, 8) for one in (ELDERS, CHILDREN, CHILD_TCM, OTHERS, MOTHERS)),
    ):
        told = SQL(statement, **given, form=form, since=first, until=last, ways=ways)
        run(SQL(VISITS, told=told, **given))
    for form, good_from, first, last, ways in (
        ("hypertension", since, bad_from, given["htn_to"], 8),
        ("diabetes", worse, given["dm_from"], worse - 1, 7),
    ):
        clock = case.env["bphs.clock"].search([("code", "=", form), ("state", "=", "published")], limit=1)
        told = {"clock": clock.id, "since": first, "until": last, "good_from": good_from, "ways": ways}
        run(SQL(PLANS.format(ways=WAYS), **given, **told))
        run(SQL(FOLLOWUPS, **given, **told))
    team, package = _team(case), _package(case)
    env.flush_all()
    run(SQL(CONTRACTS, team=team.id, package=package.id, **given))
    run("ANALYZE bphs_resident, bphs_resident_group, bphs_visit, bphs_contract, bphs_plan, bphs_followup")
    env.invalidate_all()


def _team(case):
    return case.env["bphs.team"].create({"name": "一队", "code": "N1", "institution_id": case.township_a.id})


def _package(case):
    return case.env["bphs.package"].create({"name": "基础包", "code": "N1", "date_from": "2020-01-01"})
