"""Count all indicators of a county, its townships and its clinics for a year from files and service records.

``run(env, residents, visits)`` makes a county of 13 townships and 260 clinics, fills it, signs nobody, and counts every
indicator of the month behind for all places, by the code the suite uses. ``ratio.scan``: the seconds of the counting
statement over the sum of one sequential scan of each table it reads, each with a column of every row looked at; both by
one process, for how many share a scan is the machine's affair and not the statement's, and both as that process spends
them, for so is what else the machine does.
``seconds.month``: the whole of it, with what follows from the figures and their storing. ``p95_ms``: the first page's
card, the board and a list, from stored values.
"""

import gc
import time

from odoo.tools import SQL

from odoo.addons.bphs_demo.invented.filling import fill, make_county
from odoo.addons.bphs_demo.invented.filling_visits import fill_visits
from odoo.addons.bphs_indicator.models.computing.bphs_indicator_counter import SOURCES
from odoo.addons.bphs_indicator.tools.periods import last_months, month_end

from benches.parts.processor import seconds_of

RESIDENTS, VISITS = 310_869, 3_000_000
TRIES = 3
# One process, and no compiling of statements, which the counting does without too: then both are asked alike.
ALONE = "SET LOCAL max_parallel_workers_per_gather = 0; SET LOCAL jit = off"


def run(env, residents=RESIDENTS, visits=VISITS):
    """:return: the dict that `scripts/bench` prints as one JSON line"""
    residents, visits = int(residents), int(visits)
    bureau = make_county(env)
    fill(env, residents)
    fill_visits(env, visits)
    env["bphs.period"]._create_year(env.user._county_today().year)
    env.cr.commit()
    # VACUUM does not run in a transaction; what is asked is a county at rest, not one just filled.
    env.cr._cnx.autocommit = True
    env.cr.execute("VACUUM ANALYZE")
    env.cr._cnx.autocommit = False
    month = last_months(env.user._county_today(), 2)[0]
    indicators = env["bphs.indicator"]._in_force()
    seconds = {"scan": _least(lambda: _scan(env)), "count": _least(lambda: _count(env, indicators, month))}
    env.cr.commit()
    values = env["bphs.indicator.value"]
    gc.collect()
    started = time.perf_counter()
    told = values._count_month(month)
    env.flush_all()
    seconds["month"] = time.perf_counter() - started
    env.cr.commit()
    screens = _screens(env, bureau)
    return {
        "size": {"residents": residents, "visits": visits, "indicators": len(indicators), "values": told},
        "seconds": {name: round(spent, 3) for name, spent in seconds.items()},
        "p95_ms": screens,
        "ratio": {"scan": round(seconds["count"] / seconds["scan"], 2)},
    }


def _least(work):
    return min(work() for _ in range(TRIES))


def _scan(env):
    """:return: seconds of one sequential scan of each table that counting reads"""
    env.cr.execute(ALONE)
    env.cr.execute("SET LOCAL enable_indexscan = off; SET LOCAL enable_indexonlyscan = off;"
                   " SET LOCAL enable_bitmapscan = off")  # fmt: skip
    tables = ["bphs_resident", *(table for table, *__ in SOURCES.values())]
    # The last column of a row: all of it is looked at.
    scans = [SQL("SELECT count(*), max(write_date) FROM %s", SQL.identifier(table)) for table in tables]
    spent = seconds_of(env, lambda: [env.execute_query(scan) for scan in scans])
    env.cr.rollback()
    return spent


def _count(env, indicators, month):
    env.cr.execute(ALONE)
    spent = seconds_of(env, lambda: env["bphs.indicator.counter"]._counts(indicators, month_end(month)))
    env.cr.rollback()
    return spent


def _screens(env, bureau):
    """:return dict: of the slowest of twenty, each asked anew"""
    officer = env["res.users"].create(
        {
            "name": "bench",
            "login": "bench_indicators",
            "lang": "zh_CN",
            "role_line_ids": [(0, 0, {"role_id": env.ref("bphs_base.role_primary_care_officer").id})],
            "bphs_institution_ids": [(6, 0, bureau.ids)],
        }
    )
    asked = env(user=officer.id)
    calls = {
        "card": lambda: asked["bphs.home"]._told([asked["bphs.home"]._card_indicators()]),
        "board": lambda: asked["bphs.indicator.value"].board(),
        "list": lambda: asked["bphs.indicator.value"].search([], limit=80).read(["shown", "passed", "target_words"]),
    }
    told = {}
    for name, call in calls.items():
        spent = []
        for _ in range(20):
            env.invalidate_all()
            started = time.perf_counter()
            call()
            spent.append((time.perf_counter() - started) * 1000)
        told[name] = round(sorted(spent)[18])
    return told
