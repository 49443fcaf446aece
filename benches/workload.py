"""A quarter of a county from its service records into the statements of its clinics.

``run(env, residents, visits)`` makes a county with so many records of three years, and the statements of the quarter
before this one, or of this one where that holds more. ``ratio.scan``: the seconds in which the quarter is counted and
all statements are filled, over one sequential aggregate of the same table, which counts the records of the quarter by
institution and form, by each column that filling asks for; both by one process of the server, for how many share a scan
is the machine's affair, and both as that process and this one spend them. ``seconds.page``: what a doctor waits for the
page “Earned so far”; ``seconds.figure``: for the records behind one figure.
"""

import gc
import time
from datetime import date

from odoo.tools import SQL

from odoo.addons.bphs_demo.invented.filling import fill, make_county
from odoo.addons.bphs_demo.invented.filling_visits import fill_visits

from benches.parts.processor import seconds_of

RESIDENTS, VISITS = 310_869, 3_000_000
EACH = 3
SCAN = """
    SELECT v.institution_id, v.template_id, count(*) FILTER (WHERE v.state = 'done'),
           count(*) FILTER (WHERE v.is_complete), count(*) FILTER (WHERE v.face_to_face),
           count(*) FILTER (WHERE v.mode = 'home'), count(*) FILTER (WHERE v.period_closed),
           count(*) FILTER (WHERE v.systolic > 0), count(*) FILTER (WHERE v.fasting_glucose > 0),
           count(v.resident_id), count(v.worker_id), max(v.id)
      FROM bphs_visit v WHERE v.done_on BETWEEN %s AND %s GROUP BY v.institution_id, v.template_id
"""


def run(env, residents=RESIDENTS, visits=VISITS):
    """:return: the dict that `scripts/bench` prints as one JSON line"""
    make_county(env)
    fill(env, int(residents))
    env.cr.commit()
    made = fill_visits(env, int(visits), answers=True)
    env.cr.commit()
    today = env.user._county_today()
    first = date(today.year - (today.month < 4), 10 if today.month < 4 else (today.month - 4) // 3 * 3 + 1, 1)
    env["bphs.period"]._create_year(first.year)
    quarter = env["bphs.period"].search([("kind", "=", "quarter"), ("date_start", "=", first)])
    clinics = env["bphs.institution"].search([("kind", "=", "village_clinic")])
    statements = env["bphs.workload"]._open_period(quarter, clinics)
    env.cr.commit()
    # VACUUM does not run in a transaction; what is asked is a county at rest, not one just filled.
    env.cr._cnx.autocommit = True
    env.cr.execute("VACUUM ANALYZE")
    env.cr._cnx.autocommit = False
    seconds = {
        "scan": _least(env, lambda: _spent(env, lambda: _scan(env, quarter))),
        "fill": _least(env, lambda: _spent(env, lambda: statements._count_visits(quarter)), lambda: _empty(env)),
    }
    told = env["bphs.earning"]._counts(quarter)
    env.cr.commit()
    clinic = clinics[len(clinics) // 2]
    seconds["page"] = _least(env, lambda: _waited(lambda: env["bphs.earning"]._page(quarter, clinic)))
    item = env["bphs.service.item"].search([("code", "=", "HTN_FOLLOWUP")])
    records = env["bphs.earning"]._records_of(quarter, clinic, item, ["counts"])
    seconds["figure"] = _least(env, lambda: _waited(lambda: env.execute_query(records)))
    lines = env["bphs.workload.line"].search([("visits_reported", ">", 0)])
    sums = {}
    for found in told.values():
        for verdict, count in found.items():
            sums[verdict] = sums.get(verdict, 0) + count
    return {
        "size": {
            "residents": int(residents),
            "visits": made,
            "statements": len(statements),
            "lines": len(lines),
            **sums,
        },
        "seconds": {name: round(spent, 3) for name, spent in seconds.items()},
        "ratio": {"scan": round(seconds["fill"] / seconds["scan"], 2)},
    }


def _least(env, measured, before=None):
    """:return: the least seconds of some times, each from a cold cache of the ORM"""
    told = []
    for _each in range(EACH):
        if before:
            before()
        env.cr.commit()
        env.invalidate_all()
        gc.collect()
        told.append(measured())
    return min(told)


def _spent(env, work):
    env.cr.execute("SET LOCAL max_parallel_workers_per_gather = 0")
    return seconds_of(env, work)


def _waited(work):
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def _scan(env, quarter):
    # The table from end to end.
    env.cr.execute("SET LOCAL enable_indexscan = off; SET LOCAL enable_bitmapscan = off")
    env.execute_query(SQL(SCAN, quarter.date_start, quarter.date_end))


def _empty(env):
    """The statements as they were opened."""
    env.cr.execute(
        "UPDATE bphs_workload_line"
        " SET visits_on = NULL, visits_reported = 0, reported = 0, verified = 0, answered = FALSE"
    )
