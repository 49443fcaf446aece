"""Import a county's visits of another system, 500,000 rows of a CSV, twice, as its two jobs do.

``run(env, residents, visits)`` makes a county of so many residents, whose clocks run, and a file of so many follow-ups
of its people with high pressure or sugar. ``seconds`` tells the parts: received, checked, loaded, and the whole of the
second time, which must find nothing new. ``ratio.insert``: the load over one ``INSERT ... SELECT`` of the same records
into a table with the same indexes; ``ratio.again``: the second time over the first.
"""

import csv
import gc
import random
import tempfile
import time
from datetime import timedelta
from pathlib import Path

from odoo import Command
from odoo.tools import SQL

from odoo.addons.bphs_demo.invented.filling import fill, make_county
from odoo.addons.bphs_service.tools.outside.columns import COLUMNS, VISIT

COUNTY, VISITS = 310_869, 500_000
SYSTEM, GROUPS = "BENCH", ("hypertension", "diabetes")
PEOPLE = """
    SELECT r.ehr_number, r.name, g.kind FROM bphs_resident r JOIN bphs_resident_group g ON g.resident_id = r.id
     WHERE g.kind = ANY(%s) AND g.date_to IS NULL AND r.status = 'active'
       AND (r.file_created_on IS NULL OR r.file_created_on <= %s) AND r.birth_date <= %s ORDER BY r.id
"""


def run(env, residents=COUNTY, visits=VISITS):
    """:return: the dict that `scripts/bench` prints as one JSON line"""
    residents, visits = int(residents), int(visits)
    bureau = make_county(env)
    fill(env, residents)
    for (institution,) in env["bphs.resident"]._read_group([("status", "!=", "merged")], ["institution_id"]):
        env["bphs.plan"]._bring_up_institution(institution.id)
    env["bphs.outside.system"].create({"code": SYSTEM, "name": "原慢病系统", "institution_id": bureau.id})
    importer = _importer(env, bureau)
    env.cr.commit()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "visits.csv"
        people = _write(env, path, visits)
        gc.collect()
        seconds = _import(env, importer, path, visits)
        again = _import(env, importer, path, 0)
    seconds["again"] = again["total"]
    seconds["insert"] = _bare(env)
    return {
        "size": {"residents": residents, "visits": visits, "people": people},
        "seconds": {part: round(spent, 2) for part, spent in seconds.items()},
        "ratio": {
            "insert": round(seconds["load"] / seconds["insert"], 2),
            "again": round(seconds["again"] / seconds["total"], 2),
        },
    }


def _importer(env, bureau):
    roles = ("bphs_base.role_primary_care_officer", "bphs_resident.role_sensitive")
    return env["res.users"].create(
        {
            "name": "导入员",
            "login": "bench_outside",
            "lang": "zh_CN",
            "role_line_ids": [Command.create({"role_id": env.ref(role).id}) for role in roles],
            "bphs_institution_ids": [Command.set(bureau.ids)],
        }
    )


def _write(env, path, visits):
    """Follow-ups spread over two years, of everybody who is followed in turn. :return: of how many people"""
    today = env.user._county_today()
    early = today - timedelta(days=730)
    people = env.execute_query(SQL(PEOPLE, list(GROUPS), today, early))
    draw = random.Random(20260101)  # noqa: S311 no secret hangs on it
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(column.label for column in COLUMNS[VISIT])
        for at in range(visits):
            ehr_number, name, form = people[at % len(people)]
            row = {
                "system": SYSTEM,
                "external_id": f"V{at}",
                "ehr_number": ehr_number,
                "name": name,
                "form": form,
                "day": str(early + timedelta(days=draw.randrange(730))),
                "systolic": draw.randrange(110, 175),
                "diastolic": draw.randrange(65, 105),
                "adherence": "regular",
                "medicines": "氨氯地平 5mg 每日1次" if at % 3 else "",
            }
            if form == "diabetes":
                row["fasting_glucose"] = round(draw.uniform(4.5, 11), 1)
            writer.writerow([row.get(column.key, "") for column in COLUMNS[VISIT]])
    return len(people)


def _import(env, importer, path, new):
    """Seconds of receiving, checking and loading, each in transactions as the server makes them.

    :param new: how many of the rows must be new; the others must change nothing
    """
    clock, spent = time.perf_counter, {}
    run_ = env["bphs.outside.import"].with_user(importer).create({})
    began = clock()
    run_._receive(path.name, path.read_bytes())
    env.cr.commit()
    spent["receive"], at = clock() - began, clock()
    run_._job_check()
    env.cr.commit()
    spent["check"], at = clock() - at, clock()
    assert (run_.new_count, run_.changed_count, run_.rejected_count) == (new, 0, 0), run_.read()
    if new:
        run_.action_confirm()
        env.cr.commit()
        at = clock()
        while run_.state == "loading":
            run_._job_load()
            env.cr.commit()
            env.invalidate_all()
        spent["load"] = clock() - at
        assert run_.state == "done" and env["bphs.visit"].search_count([]) == new
    return {**spent, "total": clock() - began}


def _bare(env):
    """Seconds of storing the same records into a table with the same indexes and nothing that follows."""
    env.cr.execute("CREATE TABLE bench_visit (LIKE bphs_visit INCLUDING DEFAULTS INCLUDING INDEXES)")
    began = time.perf_counter()
    env.cr.execute("INSERT INTO bench_visit SELECT * FROM bphs_visit ORDER BY id")
    env.cr.commit()
    spent = time.perf_counter() - began
    env.cr.execute("DROP TABLE bench_visit")
    env.cr.commit()
    return spent
