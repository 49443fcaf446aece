"""Sign a whole county in bulk, import its contracts from a CSV, and reckon its rates for a year.

``run(env, residents, signed)`` makes a county of so many residents with a team in each township, and has every township
signed by its own team leader, through the code the suite uses, until so many are. ``ratio.insert``: the seconds of it
over one ``INSERT ... SELECT`` of the same rows into a table with the same constraints and indexes; ``ratio.import``:
the whole import of a CSV of the same contracts, checked and loaded, over the same. In between services are recorded for
some of the people, and four rates of the county are reckoned for the year, as the page asks for them; the boards of the
county and of a township are opened through the web server, by its user signed in; and 1,500 open items of a doctor are
handed over, and that undone.
"""

import csv
import gc
import tempfile
import time
from datetime import timedelta
from pathlib import Path

from odoo import Command
from odoo.fields import Domain
from odoo.tools import SQL

from odoo.addons.bphs_demo.invented.filling import fill, make_county
from odoo.addons.bphs_team.models.contracting.bphs_contract_signing import CONTRACT_COLUMNS, Signing

from benches.parts.person import Person, p95, repeated
from tests.live_server import LiveServer

RESIDENTS, SIGNED = 271_000, 248_859
SERVED = 0.4
RATES = ["signed", "renewed", "item", "person"]
EACH, PASSWORD = 20, "bench-person-1"
HANDED_CONTRACTS, HANDED_TASKS = 1_200, 300


def run(env, residents=RESIDENTS, signed=SIGNED):
    """:return: the dict that `scripts/bench` prints as one JSON line"""
    residents, signed = int(residents), int(signed)
    bureau = make_county(env)
    fill(env, residents)
    today = env.user._county_today()
    package = _package(env, today)
    doctors = _teams(env, bureau, today)
    env.cr.commit()
    start = today - timedelta(days=200)
    seconds = {"sign": _sign(env, doctors, package, start, signed)}
    env.cr.commit()
    count = env["bphs.contract"].search_count([])
    seconds["insert"] = _bare(env)
    env.cr.commit()
    services = _serve(env, doctors, today)
    env.cr.commit()
    _former(env, start)
    officer = _user(env, "bench_officer", "bphs_base.role_primary_care_officer", bureau)
    env.cr.commit()
    # VACUUM does not run in a transaction; what is asked is a county at rest, not one just filled.
    env.cr._cnx.autocommit = True
    env.cr.execute("VACUUM ANALYZE")
    env.cr._cnx.autocommit = False
    seconds |= _rates(env, officer, today)
    env.cr.commit()
    boards = _boards(env, officer, *doctors[0])
    seconds |= _handed_over(env, *doctors[0], today)
    imported = _import(env, bureau, count, start)
    seconds |= imported
    return {
        "size": {"residents": residents, "contracts": count, "services": services},
        "p95_ms": boards,
        "seconds": {name: round(spent, 2) for name, spent in seconds.items()},
        "ratio": {
            "insert": round(seconds["sign"] / seconds["insert"], 2),
            **({"import": round(imported["import"] / seconds["insert"], 2)} if imported else {}),
        },
    }


def _user(env, login, role, institution, *more):
    return env["res.users"].create(
        {
            "name": login,
            "login": login,
            "password": PASSWORD,
            "lang": "zh_CN",
            "role_line_ids": [Command.create({"role_id": env.ref(name).id}) for name in (role, *more)],
            "bphs_institution_ids": [Command.set(institution.ids)],
        }
    )


def _package(env, today):
    package = env["bphs.package"].create(
        {
            "code": "BENCH",
            "name": "基础包",
            "date_from": today - timedelta(days=1000),
            "item_ids": [
                Command.create({"name": name, "record_kind": kind, "due": due, "times": times, "weeks": weeks,
                                "months": months})
                for name, kind, due, times, weeks, months in (
                    ("健康管理", "management", "within", 1, 8, 12),
                    ("血压随访", "monitoring", "rhythm", 0, 0, 3),
                    ("用药指导", "medication", "rhythm", 2, 0, 6),
                    ("体检解读", "exam_reading", "rhythm", 1, 0, 12),
                )
            ],
        }
    )  # fmt: skip
    package.action_publish()
    return package


def _teams(env, bureau, today):
    """:return: list of (user of the township, its team), with every village assigned"""
    found = []
    for township in bureau.child_ids.sorted("code"):
        team = env["bphs.team"].create(
            {"code": township.code, "name": f"{township.name}团队", "institution_id": township.id,
             "date_from": today - timedelta(days=1000)}
        )  # fmt: skip
        env["bphs.team.village"].create(
            [
                {"team_id": team.id, "division_id": village.id, "date_from": today - timedelta(days=1000)}
                for village in township.child_ids.village_ids
            ]
        )
        doctor = _user(
            env, f"bench_{township.code}", "bphs_base.role_team_leader", township, "bphs_resident.role_sensitive"
        )
        found.append((doctor, team))
    return found


def _sign(env, doctors, package, start, wanted):
    """:return: seconds; each township signs its people, until so many are"""
    spent, left = 0.0, wanted
    for doctor, __ in doctors:
        signing = Signing(
            package=package, extras=package.browse(), signed_on=start, date_from=start, months=12, source="desk",
            worker=env["bphs.worker"],
        )  # fmt: skip
        chosen = Domain("institution_id", "child_of", doctor.bphs_institution_ids.ids)
        residents = env["bphs.resident"].with_user(doctor)
        here = residents.search_count(chosen & Domain("status", "=", "active"))
        if here > left:
            chosen = Domain("id", "in", residents.search(chosen & Domain("status", "=", "active"), limit=left).ids)
        gc.collect()
        started = time.perf_counter()
        made = env["bphs.contract"].with_user(doctor)._sign(chosen, signing)
        env.flush_all()
        spent += time.perf_counter() - started
        left -= len(made)
        env.invalidate_all()
        if left <= 0:
            break
    return spent


def _bare(env):
    """:return: seconds of one statement that puts the same rows into a table with the same constraints and indexes"""
    env.cr.execute("CREATE TABLE bench_contract (LIKE bphs_contract INCLUDING ALL)")
    # What LIKE leaves out: the links to other tables.
    rows = env.execute_query(
        SQL(
            "SELECT pg_get_constraintdef(oid) FROM pg_constraint"
            " WHERE conrelid = 'bphs_contract'::regclass AND contype IN ('f', 'x')"
        )
    )
    given = env.execute_query(
        SQL("SELECT count(*) FROM pg_constraint WHERE conrelid = 'bench_contract'::regclass AND contype = 'x'")
    )
    for (definition,) in rows:
        if definition.startswith("EXCLUDE") and given[0][0]:
            continue
        env.cr.execute(SQL("ALTER TABLE bench_contract ADD %s", SQL(definition)))
    columns = SQL(", ").join(map(SQL.identifier, CONTRACT_COLUMNS))
    started = time.perf_counter()
    env.cr.execute(
        SQL("INSERT INTO bench_contract (%s) SELECT %s FROM bphs_contract ORDER BY resident_id", columns, columns)
    )
    spent = time.perf_counter() - started
    env.cr.execute("DROP TABLE bench_contract")
    return spent


def _serve(env, doctors, today):
    """Services of some of the signed, and the links they make. :return: how many"""
    worker = env["bphs.worker"].create(
        {"name": "医生", "profession": "gp", "institution_id": doctors[0][0].bphs_institution_ids.id,
         "since": today - timedelta(days=1000)}
    )  # fmt: skip
    env.flush_all()
    env.cr.execute(
        SQL(
            """
            INSERT INTO bphs_service_record (resident_id, date, kind, worker_id, state, create_uid, create_date,
                                             write_uid, write_date)
            SELECT c.resident_id, c.date_from + (10 + 80 * k + c.id %% 40)::int,
                   (ARRAY['management', 'monitoring', 'monitoring'])[k + 1], %s, 'recorded', 1, now(), 1, now()
              FROM bphs_contract c CROSS JOIN generate_series(0, 2) k
             WHERE c.id %% 100 < %s AND c.date_from + (10 + 80 * k + c.id %% 40)::int <= %s
            ON CONFLICT DO NOTHING
            """,
            worker.id,
            int(SERVED * 100),
            today,
        )
    )
    count = env.cr.rowcount
    env["bphs.service.link"]._link(SQL("TRUE"))
    return count


def _former(env, start):
    """Every fifth had a contract of the year before, which was renewed; and how many people are to be signed."""
    env.cr.execute(
        SQL(
            """
            INSERT INTO bphs_contract (id, resident_id, team_id, package_id, signed_on, date_from, months, date_to,
                                       until, state, end_reason, source, create_uid, create_date, write_uid, write_date)
            SELECT -row_number() OVER (), resident_id, team_id, package_id, date_from - 365, date_from - 365, 12,
                   date_from - 1, date_from, 'ended', 'expired', 'desk', 1, now(), 1, now()
              FROM bphs_contract WHERE resident_id %% 5 = 0
            """
        )
    )
    county = env["bphs.division"].search([("level", "=", "county")])
    population = env["bphs.population"].create(
        {"name": "签约人口", "basis": "signing", "division_id": county.id, "number": RESIDENTS, "source": "演练",
         "date": start}
    )  # fmt: skip
    population._write_state({"state": "approved"})


def _rates(env, officer, today):
    contracts = env["bphs.contract"].with_user(officer)
    first = today.replace(month=1, day=1)
    started = time.perf_counter()
    contracts._told_rates("county", first, today, rates=RATES)
    return {"four_rates": time.perf_counter() - started}


def _boards(env, officer, doctor, team):
    """:return: p95 in ms of opening the board of the county, and of a township, through the web server"""
    server = LiveServer(env.cr.dbname)
    server.log.parent.mkdir(parents=True, exist_ok=True)
    with server:
        boards = {
            "board_county": (Person(server, officer.login, PASSWORD), False),
            "board_township": (Person(server, doctor.login, PASSWORD), team.institution_id.id),
        }
        return {
            name: p95(repeated(lambda person=person, place=place: person.call("bphs.team", "board", place), EACH))
            for name, (person, place) in boards.items()
        }


def _handed_over(env, doctor, team, today):
    """:return: seconds of handing a doctor's open work over, and of undoing it"""
    giver, taker = env["bphs.worker"].create(
        [
            {"name": name, "profession": "gp", "institution_id": team.institution_id.id, "since": today}
            for name in ("移交人", "接手人")
        ]
    )
    env.flush_all()
    env.cr.execute(
        SQL(
            "UPDATE bphs_contract SET worker_id = %s WHERE id IN"
            " (SELECT c.id FROM bphs_contract c JOIN bphs_resident r ON r.id = c.resident_id AND NOT r.restricted"
            " WHERE c.team_id = %s AND c.state = 'running' LIMIT %s)",
            giver.id,
            team.id,
            HANDED_CONTRACTS,
        )
    )
    env["bphs.rectification"].create(
        [{"institution_id": team.institution_id.id, "responsible_worker_id": giver.id}] * HANDED_TASKS
    )
    env.cr.commit()
    env.invalidate_all()
    handover = env["bphs.handover"].with_user(doctor)
    handover = handover.create({"worker_id": giver.id, "successor_id": taker.id, "date": today})
    open_items = {line.key: line.count for line in handover.line_ids}
    assert (open_items["contracts"], open_items["tasks"]) == (HANDED_CONTRACTS, HANDED_TASKS), open_items
    spent = {}
    for name in ("hand_over", "undo"):
        env.cr.commit()
        env.invalidate_all()
        started = time.perf_counter()
        getattr(handover, f"action_{name}")()
        env.flush_all()
        spent[name] = time.perf_counter() - started
    return spent


def _import(env, bureau, count, start):
    if "bphs.contract.import" not in env:
        return {}
    importer = _user(
        env, "bench_importer", "bphs_base.role_primary_care_officer", bureau, "bphs_resident.role_sensitive"
    )
    rows = env.execute_query(
        SQL(
            "SELECT r.ehr_number, r.name, t.code, p.code, c.signed_on, c.date_from, c.months FROM bphs_contract c"
            " JOIN bphs_resident r ON r.id = c.resident_id JOIN bphs_team t ON t.id = c.team_id"
            " JOIN bphs_package p ON p.id = c.package_id WHERE c.id > 0 ORDER BY r.id"
        )
    )
    env.cr.execute("TRUNCATE bphs_contract CASCADE")
    env.cr.commit()
    env.invalidate_all()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "contracts.csv"
        with path.open("w", newline="", encoding="utf-8-sig") as file:
            writer = csv.writer(file)
            writer.writerow(["健康档案编号", "姓名", "团队编码", "服务包编码", "签约日期", "生效日期", "期限（月）"])
            writer.writerows(rows)
        content = path.read_bytes()
    gc.collect()
    run = env["bphs.contract.import"].with_user(importer).create({})
    started = time.perf_counter()
    run._receive("contracts.csv", content)
    run._job_check()
    checked = time.perf_counter()
    env.cr.commit()
    run.action_confirm()
    while run.state == "loading":
        run._job_load()
        env.cr.commit()
        env.invalidate_all()
    spent = time.perf_counter() - started
    assert run.new_count == count, (run.state, run.message, run.new_count, count)
    return {"import": spent, "import_check": checked - started}
