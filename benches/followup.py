"""Everything that is due in a county: from nothing, after a hundredth of it changed, for one resident, and as lists.

``run(env, residents, visits)`` makes a county with so many residents and so many records of three years, and the plans
that follow. ``ratio.insert``: the seconds in which all due rows are reckoned and stored from nothing, over one
``INSERT ... SELECT`` of the same rows into a table with the same constraints and indexes. ``ratio.changed``: the
seconds after one in a hundred of those followed has a new record, over those from nothing; ``ratio.night``: those of a
night in which nothing but time has gone by. The lists are asked of the web server as the web client asks them: a team
leader's of a township and a village doctor's of a village.
"""

import gc
import time

from odoo import Command
from odoo.tools import SQL

from odoo.addons.bphs_demo.invented.filling import fill, make_county
from odoo.addons.bphs_demo.invented.filling_visits import fill_visits

from benches.parts.person import Person, percentile
from tests.live_server import LiveServer

RESIDENTS, VISITS = 310_869, 3_000_000
ONE, EACH = 60, 60
# Of those followed for pressure or sugar, who are four in seven of all: together one in a hundred of all.
TOUCHED = 57
PASSWORD = "bench-doctor-1"
COLUMNS = (
    *("id", "plan_id", "resident_id", "institution_id", "household_id", "door_order", "clock_id", "worker_id"),
    *("ends_on", "kind", "key", "opens_on", "due_on"),
    *(
        "closes_on",
        "missed_from",
        "visit_id",
        "closed_on",
        "renew_on",
        "create_uid",
        "create_date",
        "write_uid",
        "write_date",
    ),
)


def run(env, residents=RESIDENTS, visits=VISITS):
    """:return: the dict that `scripts/bench` prints as one JSON line"""
    seconds = {}
    bureau = make_county(env)
    with _timed(seconds, "residents"):
        fill(env, int(residents))
    env.cr.commit()
    with _timed(seconds, "visits"):
        made = fill_visits(env, int(visits))
    env.cr.commit()
    everybody = env["bphs.resident"].search([], order="institution_id, id")
    with _timed(seconds, "plans"):
        env["bphs.plan"]._bring_up(everybody)
    env.cr.commit()
    return measure(env, bureau, seconds, made)


def measure(env, bureau, seconds, made):
    """What is measured, in a county that stands."""
    plans = env["bphs.plan"].search([], order="id")
    env.cr.execute("TRUNCATE bphs_followup")
    env.cr.commit()
    _vacuum(env, "bphs_plan", "bphs_visit")
    env.invalidate_all()
    with _timed(seconds, "due"):
        env["bphs.followup"]._recompute(plans)
    env.cr.commit()
    env.cr.execute("ANALYZE bphs_followup")
    seconds["insert"] = _bare(env)
    env.cr.commit()
    ((people,), (rows,)) = env.execute_query(
        SQL("SELECT count(DISTINCT resident_id) FROM bphs_plan UNION ALL SELECT count(*) FROM bphs_followup")
    )
    touched = _touch(env)
    with _timed(seconds, "changed"):
        env["bphs.followup"]._recompute(env["bphs.plan"].search([("resident_id", "in", touched)], order="id"))
    env.cr.commit()
    with _timed(seconds, "night"):
        for institution in env["bphs.resident"]._read_group([], ["institution_id"]):
            env["bphs.plan"]._bring_up_institution(institution[0].id)
            env.cr.commit()
            env.invalidate_all()
    one = [_seconds(env["bphs.resident"].browse(id_)._recompute_plans) for id_ in touched[:ONE]]
    env.cr.commit()
    lists = _lists(env, bureau)
    return {
        "size": {"residents": env["bphs.resident"].search_count([]), "followed": people, "visits": made,
                 "plans": len(plans), "rows": rows, "changed": len(touched)},
        "seconds": {name: round(spent, 2) for name, spent in seconds.items()},
        "p95_ms": {
            "one": round(percentile(one, 95) * 1000, 1),
            **{name: round(percentile(spent, 95) * 1000, 1) for name, spent in lists.items()},
            **{f"{name}_p50": round(percentile(spent, 50) * 1000, 1) for name, spent in lists.items()},
        },
        "ratio": {
            "insert": round(seconds["due"] / seconds["insert"], 2),
            "changed": round(seconds["changed"] / seconds["due"], 3),
            "night": round(seconds["night"] / seconds["due"], 3),
        },
    }  # fmt: skip


def _vacuum(env, *tables):
    """What is asked is a county at rest, not one just filled; VACUUM does not run in a transaction."""
    env.cr._cnx.autocommit = True
    for table in tables:
        env.cr.execute(SQL("VACUUM ANALYZE %s", SQL.identifier(table)))
    env.cr._cnx.autocommit = False


class _timed:  # noqa: N801 it is used as a word
    """The seconds of what is done in it, under a name."""

    def __init__(self, seconds, name):
        self.seconds, self.name = seconds, name

    def __enter__(self):
        gc.collect()
        self.started = time.perf_counter()

    def __exit__(self, *_error):
        self.seconds[self.name] = time.perf_counter() - self.started


def _seconds(method):
    started = time.perf_counter()
    method()
    return time.perf_counter() - started


def _bare(env):
    """:return: seconds of one statement that puts the same rows into a table with the same constraints and indexes"""
    env.cr.execute("CREATE TABLE bench_followup (LIKE bphs_followup INCLUDING ALL)")
    # What LIKE leaves out: the links to other tables.
    definitions = env.execute_query(
        SQL(
            "SELECT pg_get_constraintdef(oid) FROM pg_constraint"
            " WHERE conrelid = 'bphs_followup'::regclass AND contype = 'f'"
        )
    )
    for (definition,) in definitions:
        env.cr.execute(SQL("ALTER TABLE bench_followup ADD %s", SQL(definition)))
    columns = SQL(", ").join(map(SQL.identifier, COLUMNS))
    env.cr.commit()
    started = time.perf_counter()
    env.cr.execute(
        SQL("INSERT INTO bench_followup (%s) SELECT %s FROM bphs_followup ORDER BY plan_id", columns, columns)
    )
    env.cr.commit()
    spent = time.perf_counter() - started
    env.cr.execute("DROP TABLE bench_followup")
    return spent


def _touch(env):
    """One in a hundred of those followed for their blood pressure or sugar is seen today. :return: their ids"""
    env.cr.execute(
        SQL(
            """
            INSERT INTO bphs_visit (resident_id, template_id, done_on, entered_on, mode, face_to_face, source, state,
                                    systolic, diastolic, result, is_scored, is_complete, sensitive,
                                    create_uid, create_date, write_uid, write_date)
            SELECT p.resident_id, t.id, %(today)s, %(today)s, 'clinic', TRUE, 'entered', 'done', 150, 95,
                   'uncontrolled', FALSE, FALSE, FALSE, 1, now(), 1, now()
              FROM (SELECT resident_id, min(code) AS code FROM bphs_plan
                     WHERE date_to IS NULL AND code IN ('hypertension', 'diabetes')
                       AND resident_id %% %(share)s = 0 GROUP BY resident_id) p
              JOIN bphs_form_template t ON t.code = p.code AND t.state = 'published'
            RETURNING resident_id
            """,
            today=env.user._county_today(),
            share=TOUCHED,
        )
    )
    touched = [id_ for (id_,) in env.cr.fetchall()]
    env.cr.commit()
    env.invalidate_all()
    return touched


def _lists(env, bureau):
    """:return: dict of list -> seconds of each asking"""
    township = bureau.child_ids.sorted("code")[3]
    seats = {"team": ("team_leader", township), "doctor": ("village_doctor", township.child_ids.sorted("code")[0])}
    for name, (role, seat) in seats.items():
        env["res.users"].create(
            {
                "name": name,
                "login": f"bench_{name}",
                "password": PASSWORD,
                "lang": "zh_CN",
                "tz": "Asia/Shanghai",
                "role_line_ids": [Command.create({"role_id": env.ref(f"bphs_base.role_{role}").id})],
                "bphs_institution_ids": [Command.set(seat.ids)],
            }
        )
    env.cr.commit()
    _vacuum(env, "bphs_followup", "bphs_plan")
    server = LiveServer(env.cr.dbname)
    server.log.parent.mkdir(parents=True, exist_ok=True)
    with server:
        return {name: _asked(Person(server, f"bench_{name}", PASSWORD)) for name in seats}


def _asked(person):
    fields = person.specification("bphs.followup", "list")
    to_do = [("state", "in", ["open", "overdue"])]

    def page():
        found = person.call(
            "bphs.followup", "web_search_read", to_do, specification=fields, limit=80, count_limit=10001
        )
        assert found["records"], "nobody has anything to do"

    for _warming in range(4):
        page()
    return [_seconds(page) for _each in range(EACH)]
