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
RESIDENTS = """
    INSERT INTO bphs_resident (id, ehr_number, name, sex, birth_date, id_type, id_reason, division_id, institution_id,
                               township_id, residence_kind, status, status_date, file_created_on, active, standardised,
                               restricted)
    SELECT id, '99' || lpad(n::text, 15, '0'), '通报' || n, CASE n %% 2 WHEN 0 THEN 'male' ELSE 'female' END,
           CASE WHEN n <= %(infants)s THEN %(autumn)s::date - 10 - n %% 1000
                WHEN n <= %(children)s THEN %(autumn)s::date - 1110 - n %% 1400
                WHEN n < %(elders_from)s + %(elders)s THEN (%(last)s::date - interval '65 years')::date - n %% 9000
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
# A row a record: whose, of which form, in which month of the year (0: the December before), how, whether it counts.
VISITS = """
    INSERT INTO bphs_visit (resident_id, template_id, done_on, entered_on, mode, face_to_face, source, state, sensitive,
                            is_complete, is_scored)
    SELECT p.id, t.id, d.day, d.day, CASE WHEN v.phone THEN 'phone' ELSE 'home' END, NOT v.phone, 'entered', v.state,
           t.sensitive, v.whole, FALSE
      FROM (%(told)s) v (n, form, month, phone, state, whole)
      JOIN notice_person p USING (n)
      JOIN bphs_form_template t ON t.code = v.form AND t.state = 'published'
     CROSS JOIN LATERAL (SELECT (%(first)s::date + v.month * interval '1 month')::date - 20 + n %% 9 AS day) d
"""
GOOD = """
    SELECT n, %(form)s, months.month, FALSE, 'done', TRUE
      FROM generate_series(%(since)s, %(until)s) n
     CROSS JOIN LATERAL unnest(CASE WHEN n %% 10 = 0 THEN ARRAY[8, 11] ELSE ARRAY[2, 5, 8, 11] END) months (month)
"""
# By telephone; four times in one month; three times and once voided; three times and once the year before.
BAD = """
    SELECT n, %(form)s, CASE n %% 4 WHEN 1 THEN 7 WHEN 3 THEN 3 * k - 3 ELSE 3 * k END, n %% 4 = 0,
           CASE WHEN n %% 4 = 2 AND k = 4 THEN 'voided' ELSE 'done' END, TRUE
      FROM generate_series(%(since)s, %(until)s) n CROSS JOIN generate_series(1, 4) k WHERE n %% 10 > 0
    UNION ALL
    SELECT n, %(form)s, 9, FALSE, 'draft', TRUE FROM generate_series(%(since)s, %(until)s) n
"""
ELDERS = """
    SELECT n, form, 4 + n %% 6, FALSE, 'done', TRUE
      FROM generate_series(%(elders_from)s, %(elders_from)s + %(elders_good)s - 1) n
     CROSS JOIN unnest(ARRAY['elder_exam', 'self_care']) form
    UNION ALL
    SELECT n, form, 4 + n %% 6, FALSE, 'done', n %% 3 = 1
      FROM generate_series(%(elders_from)s + %(elders_good)s, %(elders_from)s + %(elders)s - 1) n
      JOIN (VALUES (0, 'elder_exam'), (0, 'self_care'), (1, 'elder_exam')) told (rest, form) ON told.rest = n %% 3
    UNION ALL
    SELECT n, 'tcm33', 6, FALSE, CASE WHEN n < %(elders_from)s + %(elders_tcm)s THEN 'done' ELSE 'draft' END, TRUE
      FROM generate_series(%(elders_from)s, %(elders_from)s + %(elders)s - 1) n
"""
# The year of mothers and children began in October: a check of the summer before is of the year before.
OTHERS = """
    SELECT n, 'child', CASE WHEN n <= %(checked)s THEN 2 + n %% 7 ELSE -4 END, FALSE, 'done', TRUE
      FROM generate_series(1, %(children)s) n
    UNION ALL
    SELECT n, 'child_tcm', 3, FALSE, CASE WHEN n <= %(child_tcm)s THEN 'done' ELSE 'voided' END, TRUE
      FROM generate_series(1, %(infants)s) n
    UNION ALL
    SELECT n, 'smi', 5, FALSE, 'done', TRUE
      FROM generate_series(%(files)s - %(ill)s + 1, %(files)s - %(ill)s + %(seen)s) n
    UNION ALL
    SELECT n, 'hypertension', 3 * k, FALSE, 'done', TRUE
      FROM (SELECT generate_series(%(files)s + 1, %(files)s + %(gone)s) AS n
            UNION ALL SELECT generate_series(%(htn_to)s + 1, %(htn_to)s + %(gone)s)) n
     CROSS JOIN generate_series(1, 4) k
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
    """Numerators as the notice prints them, over denominators that its rates allow: it gives none."""

    files: int
    standardised: int
    children: int
    checked: int
    infants: int
    child_tcm: int
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
    *(310_869, 292_216, 16_256, 15_036, 8_000, 6_880, 51_200, 42_479, 39_996, 62_908, 48_439, 15_442, 11_427),
    *(1_193, 1_145, 271_000, 248_859),
)
# The same rates as they are printed, over a tenth of the county.
TENTH = Figures(
    *(31_087, 29_222, 1_626, 1_504, 800, 688, 5_120, 4_248, 4_000, 6_291, 4_844, 1_544, 1_143, 120, 115),
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
        **{"first": f"{year}-01-01", "july": f"{year}-07-01", "autumn": f"{year}-09-30", "last": f"{year}-12-31"},
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
    for statement in (PEOPLE, RESIDENTS, GROUPS):
        run(SQL(statement, **given))
    worse = given["dm_from"] + figures.dm - figures.dm_good
    for statement, form, first, last in (
        (GOOD, "chronic", since, given["dm_to"]),
        (GOOD, "hypertension", given["dm_to"] + 1, since + figures.htn_good - 1),
        (BAD, "hypertension", since + figures.htn_good, given["htn_to"]),
        (GOOD, "diabetes", worse, since - 1),
        (BAD, "diabetes", given["dm_from"], worse - 1),
        (ELDERS, None, None, None),
        (OTHERS, None, None, None),
    ):
        told = SQL(statement, **given, form=form, since=first, until=last)
        run(SQL(VISITS, told=told, **given))
    team, package = _team(case), _package(case)
    env.flush_all()
    run(SQL(CONTRACTS, team=team.id, package=package.id, **given))
    run("ANALYZE bphs_resident, bphs_resident_group, bphs_visit, bphs_contract")
    env.invalidate_all()


def _team(case):
    return case.env["bphs.team"].create({"name": "一队", "code": "N1", "institution_id": case.township_a.id})


def _package(case):
    return case.env["bphs.package"].create({"name": "基础包", "code": "N1", "date_from": "2020-01-01"})
