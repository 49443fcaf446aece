"""Grade all elders of a county from raw facts, keep where they stand, grade the few who were touched, count a past day.

``run(env, residents)`` makes a county, gives its elders two years of service records, self-care forms, examinations,
conditions, events and circumstances, and has them all graded by the default rules, by the code the suite uses: facts
read from their tables, graded, colours and history stored. Then 500 people are touched and graded again, and the
county's colours of a past day are counted by institution.

What it is held against, ``ratio.read``, is one SELECT that reads **all facts** of all of them, however old, and gathers
them per person to what a grading can read: their days, words and records in order, fetched by the client. All of them,
for that is what would have to be read by whoever did not know the rules; and gathered whole, since a count or a latest
value a person is another question, which grades nobody. ``ratio.asked`` holds it against the SELECT that leaves
out what lies outside every window of the set: what the grading itself reads, so the smallest that any grading could.
``ratio.tenfold``: the time of all over that of every tenth of them, which was graded before and undone.
``size.agreed``: after all of it the second, slow and obvious grading of the tests reads everybody's facts as a replay
document and finds the same grade for the same reasons; `peak_mb` is told without it.
"""

import gc
import resource
import time
from dataclasses import replace
from datetime import date, timedelta

from odoo.tools import SQL

from odoo.addons.bphs_demo.invented.filling import fill, make_county
from odoo.addons.bphs_elderly.tools.grading.needs import needs_of

from tests.rules.grading_oracle import grade_document

RESIDENTS = 310_869
TOUCHED, CHUNK = 500, 5000
ELDERS = "SELECT id FROM bphs_resident WHERE birth_date <= %s AND status NOT IN ('died', 'moved_out', 'lost', 'merged')"
# Of the elders, by the last digits of their ids: who had what done when. Every number is invented.
VISITS = """
    INSERT INTO bphs_visit (resident_id, template_id, sensitive, state, done_on, entered_on, mode, face_to_face, source,
                            institution_id, systolic, diastolic, fasting_glucose, hba1c, weight, height, result,
                            answers, score, is_scored, is_complete, create_uid, create_date, write_uid, write_date)
    SELECT r.id, t.id, FALSE, 'done', d.day, d.day, 'clinic', TRUE, 'entered', r.institution_id,
           CASE WHEN k.pressure THEN 118 + (hashint4(r.id * 31 + n) & 63) END,
           CASE WHEN k.pressure THEN 64 + (hashint4(r.id * 17 + n) & 31) END,
           CASE WHEN k.sugar THEN 5 + (hashint4(r.id * 7 + n) & 31) / 10.0 END,
           CASE WHEN k.form = 'elder_exam' THEN 5 + (hashint4(r.id * 5 + n) & 15) / 8.0 END,
           CASE WHEN k.form = 'elder_exam' THEN 45 + (hashint4(r.id + n) & 31) END,
           CASE WHEN k.form = 'elder_exam' THEN 150 + (hashint4(r.id) & 31) END,
           CASE WHEN NOT k.result THEN NULL WHEN (hashint4(r.id * 3 + n) & 7) = 0 THEN 'uncontrolled'
                ELSE 'satisfied' END,
           CASE WHEN k.form = 'elder_exam' THEN jsonb_build_object('cognition',
                CASE WHEN hashint4(r.id * 13) & 15 = 0 THEN 'positive' ELSE 'negative' END, 'mood', 'negative') END,
           CASE WHEN k.form = 'self_care' THEN CASE WHEN hashint4(r.id * 11) & 15 = 0 THEN 9 ELSE 0 END END,
           k.form = 'self_care', TRUE, 1, now(), 1, now()
      FROM bphs_resident r
     CROSS JOIN (VALUES ('elder_exam', 2, 330, TRUE, TRUE, FALSE, 10), ('self_care', 2, 330, FALSE, FALSE, FALSE, 10),
                        ('hypertension', 8, 88, TRUE, FALSE, TRUE, 6), ('diabetes', 8, 88, FALSE, TRUE, TRUE, 2),
                        ('elder_follow', 4, 170, TRUE, FALSE, FALSE, 3))
                AS k (form, times, days, pressure, sugar, result, tenths)
      JOIN bphs_form_template t ON t.code = k.form AND t.state = 'published'
     CROSS JOIN LATERAL generate_series(0, k.times - 1) n
     CROSS JOIN LATERAL (SELECT %(today)s::date - 5 - (hashint4(r.id) & 63) - n * k.days AS day) d
     WHERE r.id IN (%(elders)s) AND (hashint4(r.id * 37 + length(k.form)) & 1023) < k.tenths * 1024 / 10
"""
OTHERS = (
    """
    INSERT INTO bphs_condition (resident_id, kind, date_from, state, source, entered_on, entered_by_id, sensitive,
                                is_complication, create_uid, create_date, write_uid, write_date)
    SELECT r.id, k.kind, %(today)s::date - 400 - (r.id %% 3000), 'recorded', 'entered', %(today)s, 1, FALSE,
           k.kind = 'nephropathy', 1, now(), 1, now()
      FROM bphs_resident r
     CROSS JOIN (VALUES ('chd', 12), ('ckd', 4), ('stroke_sequelae', 6), ('nephropathy', 3), ('cancer_stable', 2))
                AS k (kind, share)
     WHERE r.id IN (%(elders)s) AND (hashint4(r.id * 41 + length(k.kind)) & 127) < k.share ON CONFLICT DO NOTHING
    """,
    """
    INSERT INTO bphs_social_fact (resident_id, kind, date_from, state, source, entered_on, entered_by_id,
                                  create_uid, create_date, write_uid, write_date)
    SELECT r.id, k.kind, %(today)s::date - 300 - (r.id %% 900), 'recorded', 'entered', %(today)s, 1, 1, now(), 1, now()
      FROM bphs_resident r
     CROSS JOIN (VALUES ('no_carer', 6), ('bedridden', 2), ('special_family', 2)) AS k (kind, share)
     WHERE r.id IN (%(elders)s) AND (hashint4(r.id * 43 + length(k.kind)) & 127) < k.share ON CONFLICT DO NOTHING
    """,
    """
    INSERT INTO bphs_acute_event (resident_id, kind, event_on, state, source, entered_on, entered_by_id,
                                  create_uid, create_date, write_uid, write_date)
    SELECT r.id, k.kind, %(today)s::date - (hashint4(r.id) & 1023), 'recorded', 'entered', %(today)s, 1,
           1, now(), 1, now()
      FROM bphs_resident r CROSS JOIN (VALUES ('fall', 8), ('stroke', 5), ('mi', 2)) AS k (kind, share)
     WHERE r.id IN (%(elders)s) AND (hashint4(r.id * 47 + length(k.kind)) & 127) < k.share ON CONFLICT DO NOTHING
    """,
)
TABLES = "bphs_visit, bphs_condition, bphs_social_fact, bphs_acute_event, bphs_elderly_standing, bphs_elderly_grading"
COUNTS = "SELECT institution_id, colour, count(*) FROM (%s) held GROUP BY institution_id, colour"


def run(env, residents=RESIDENTS):
    """:return: the dict that `scripts/bench` prints as one JSON line"""
    make_county(env)
    fill(env, int(residents))
    today = env.user._county_today()
    ruleset = _publish(env, today)
    elders = SQL(ELDERS, today - timedelta(days=65 * 366))
    env.cr.execute(SQL(VISITS, today=today, elders=elders))
    visits = env.cr.rowcount
    others = 0
    for statement in OTHERS:
        env.cr.execute(SQL(statement, today=today, elders=elders))
        others += env.cr.rowcount
    env.cr.commit()
    env.cr.execute(f"ANALYZE {', '.join(TABLES.split(', ')[:4])}, bphs_resident, bphs_resident_group")
    env.cr.commit()
    ids = [id_ for (id_,) in env.execute_query(elders)]
    grader = env["bphs.elderly.grader"]
    needs = needs_of(ruleset._core())
    every = replace(needs, windows={key: frozenset({1200}) for key in needs.windows})
    seconds = {"read": _read(env, grader, every, today, ids), "asked": _read(env, grader, needs, today, ids)}
    seconds["tenth"] = _undone(env, grader, ids[::10])
    seconds["grade"] = _grade(grader, ids)
    env.cr.commit()
    # As the database does by itself within a minute.
    env.cr._cnx.autocommit = True
    env.cr.execute("VACUUM ANALYZE bphs_elderly_standing, bphs_elderly_grading")
    env.cr._cnx.autocommit = False
    seconds["touched"], seconds["visits_of_touched"] = _touch(env, grader, ids)
    seconds["as_of"] = _count(env, today)
    # Of the grading: the second one reads everybody's facts as text, and would be what is told.
    peak = round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
    agreed = _agree(env, grader, ruleset, today, ids)
    return {
        "size": {"elders": len(ids), "agreed": agreed, "visits": visits, "facts": others, **_colours(env)},
        "seconds": {name: round(spent, 3) for name, spent in seconds.items()},
        "ratio": {
            "read": round(seconds["grade"] / seconds["read"], 2),
            "asked": round(seconds["grade"] / seconds["asked"], 2),
            "tenfold": round(seconds["grade"] / seconds["tenth"], 2),
        },
        "peak_mb": peak,
    }


def _publish(env, today):
    ruleset = env["bphs.elderly.ruleset"].search([("code", "=", "strict-2025")])
    ruleset.date_from = date(today.year - 3, 1, 1)
    env.flush_all()
    ruleset._write_state({"state": "published", "version": 1})
    env.flush_all()
    return ruleset


def _read(env, grader, needs, today, ids):
    """:return: seconds of one SELECT that reads facts of them and gathers them per person; the better of two"""
    env.cr.execute("SET LOCAL jit = off")  # as the grading has it
    query = grader._people(needs, today, ids)
    spent = []
    for _ in range(2):
        gc.collect()
        started = time.perf_counter()
        env.cr.execute(query)
        count = 0
        while rows := env.cr.fetchmany(5000):
            count += len(rows)
        assert count == len(ids)
        spent.append(time.perf_counter() - started)
    return min(spent)


def _grade(grader, ids):
    """:return: seconds"""
    gc.collect()
    started = time.perf_counter()
    grader._grade(ids)
    return time.perf_counter() - started


def _undone(env, grader, ids):
    """:return: seconds; nothing of it is kept"""
    with env.cr.savepoint() as savepoint:
        spent = _grade(grader, ids)
        savepoint.rollback()
    env.invalidate_all()
    return spent


def _touch(env, grader, ids):
    """:return: seconds of grading so many who had a reading that is far too high, and of the visits it brings them"""
    some = ids[:: max(1, len(ids) // TOUCHED)][:TOUCHED]
    env.cr.execute(
        SQL(
            "UPDATE bphs_visit SET systolic = 190 WHERE id IN (SELECT max(id) FROM bphs_visit"
            " WHERE resident_id = ANY(%s) AND systolic > 0 AND done_on > %s GROUP BY resident_id)",
            some,
            env.user._county_today() - timedelta(100),
        )
    )
    spent = _grade(grader, some)
    env.cr.commit()
    started = time.perf_counter()
    env["bphs.plan"]._follow_colours(some)
    env.cr.commit()
    return spent, time.perf_counter() - started


def _count(env, today):
    """:return: seconds; the county's colours by institution"""
    gradings = env["bphs.elderly.grading"]
    spent = []
    for whole in (False, True):
        started = time.perf_counter()
        assert env.execute_query(SQL(COUNTS, gradings._on(today, whole)))
        spent.append(time.perf_counter() - started)
    return max(spent)


def _agree(env, grader, ruleset, today, ids):
    """:return: how many elders the second grading finds as they stand: everybody who has a grade"""
    query = (
        "SELECT r.ehr_number, s.grade, s.hits FROM bphs_elderly_standing s JOIN bphs_resident r ON r.id = s.resident_id"
        " WHERE NOT s.whole"
    )
    kept = {number: (grade, hits) for number, grade, hits in env.execute_query(SQL(query))}
    agreed = 0
    for start in range(0, len(ids), CHUNK):
        document = grader._replay_document(ids[start : start + CHUNK], today, ruleset)
        for person in grade_document(document)["people"]:
            hits = [[hit["rule"], hit["colour"], hit["because"]] for hit in person["hits"]]
            assert kept.get(person["code"], (None, [])) == (person["colour"], hits), person["code"]
            agreed += person["colour"] is not None
    assert agreed == len(kept)
    return agreed


def _colours(env):
    return dict(env.execute_query(SQL("SELECT colour, count(*) FROM bphs_elderly_standing GROUP BY 1 ORDER BY 1")))
