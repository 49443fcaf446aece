"""Import a whole county's roll of residents, 310,869 rows, from CSV and from xlsx, as its two jobs do.

``run(env, residents)`` gives the time of each part, the ratio to a bare COPY of the same rows into a table with the
same indexes, and the ratio per row to Odoo's own ``load()`` of 5,000 rows of the same model: ``load`` of whole rows
with household and key groups by a township's own user, ``load_bare`` of the resident's columns alone by the system.
"""

import gc
import tempfile
import time
from pathlib import Path

from odoo import Command

from odoo.addons.bphs_demo.invented.county import draw_county, villages_of
from odoo.addons.bphs_demo.invented.files import roll_row, write_csv, write_xlsx
from odoo.addons.bphs_demo.invented.filling import BASIS, make_county
from odoo.addons.bphs_resident.tools.roll_columns import FACTS

from benches.parts.register import TABLES, empty

COUNTY = 310_869
LOADED = 5_000
USED = 200  # ID numbers of each birthday that are left to the people loaded before
OWN = (
    "name", "sex", "birth_date", "id_type", "id_number", "id_reason", "phone", "relation", "residence_kind",
    "file_created_on",
)  # fmt: skip


def run(env, residents=COUNTY):
    """:return: the dict that `scripts/bench` prints as one JSON line"""
    residents = int(residents)
    bureau = make_county(env)
    importer = _importer(env, "bench_importer", "bphs_base.role_primary_care_officer", bureau)
    loader = _importer(env, "bench_loader", "bphs_base.role_township_public_health", bureau.child_ids.sorted("code")[3])
    seconds, ratio = {}, {}
    with tempfile.TemporaryDirectory() as folder:
        for kind, write in (("csv", write_csv), ("xlsx", write_xlsx)):
            path = Path(folder) / f"roll.{kind}"
            write(path, map(roll_row, draw_county(villages_of(), residents)))
            gc.collect()
            seconds |= {f"{kind}_{part}": spent for part, spent in _import(env, importer, path, residents).items()}
            again = _import(env, importer, path, 0)
            seconds[f"{kind}_again"] = again["total"]
            path.unlink()
            seconds[f"{kind}_copy"] = _bare_copy(env, Path(folder) / "rows")
            ratio["copy" if kind == "csv" else f"{kind}_copy"] = seconds[f"{kind}_total"] / seconds[f"{kind}_copy"]
            empty(env)
    for name, spent in (("load", _load(env, loader)), ("load_bare", _load_bare(env))):
        seconds[name] = spent
        ratio[name] = (spent / LOADED) / (seconds["csv_total"] / residents)
    return {
        "size": {"residents": residents, "load": LOADED},
        "seconds": {part: round(spent, 2) for part, spent in seconds.items()},
        "ratio": {name: round(value, 2) for name, value in ratio.items()},
    }


def _importer(env, login, role, institution):
    """Somebody of an institution who is also a named person: whoever imports a roll must be."""
    user = env["res.users"].create(
        {
            "name": "导入员",
            "login": login,
            "lang": "zh_CN",
            "role_line_ids": [
                Command.create({"role_id": env.ref(name).id}) for name in (role, "bphs_resident.role_sensitive")
            ],
            "bphs_institution_ids": [Command.set(institution.ids)],
        }
    )
    env.cr.commit()
    return user


def _import(env, importer, path, new):
    """Seconds of receiving, checking and loading, each in transactions as the server makes them.

    :param new: how many of the rows must be new; the others must change nothing
    """
    clock, spent = time.perf_counter, {}
    run_ = env["bphs.resident.import"].with_user(importer).create({})
    began = clock()
    run_._receive(path.name, path.read_bytes())
    env.cr.commit()
    spent["receive"], at = clock() - began, clock()
    run_._job_check()
    env.cr.commit()
    spent["check"], at = clock() - at, clock()
    assert run_.state == "checked", run_.message
    assert (run_.new_count, run_.changed_count, run_.rejected_count) == (new, 0, 0), run_.read()
    if new:
        run_.action_confirm()
        while run_.state == "loading":
            run_._job_load()
            env.cr.commit()
            env.invalidate_all()
        spent["load"] = clock() - at
        assert run_.state == "done" and run_.new_count == new, run_.read()
    return {**spent, "total": clock() - began}


def _bare_copy(env, path):
    """Seconds that COPY alone takes for the same rows into tables with the same indexes."""
    spent = 0
    for table in TABLES:
        with path.open("w+b") as rows:
            env.cr.copy_expert(f'COPY "{table}" TO STDOUT', rows)
            rows.seek(0)
            env.cr.execute(f'CREATE TABLE "bare_{table}" (LIKE "{table}" INCLUDING ALL)')
            started = time.perf_counter()
            env.cr.copy_expert(f'COPY "bare_{table}" FROM STDIN', rows)
            env.cr.commit()
            spent += time.perf_counter() - started
            env.cr.execute(f'DROP TABLE "bare_{table}"')
            env.cr.commit()
    return spent


def _load(env, loader):
    """Seconds of Odoo's own import for 5,000 rows of a township, whole as a roll has them and in its words, by the
    system in the name of one who works there: people bring residents in by rolls alone.

    It makes no household while it loads a resident: they are loaded first, as their user would have to.
    """
    village_ids = _village_ids(env)
    township = loader.bphs_institution_ids.code[:9]
    # The weights of villages make townships unequal: somewhat more than a township's share is drawn.
    drawn = draw_county(villages_of(), LOADED * 20, seed=2)
    people = [person for person in drawn if person.village.startswith(township)][:LOADED]
    assert len(people) == LOADED
    homes = {person.household: village_ids[person.village] for person in people}
    started = time.perf_counter()
    homes_rows = [[str(division_id)] for division_id in homes.values()]
    made = env["bphs.household"].with_user(loader).sudo().load(["division_id/.id"], homes_rows)
    spent = time.perf_counter() - started
    assert made["ids"], made["messages"][:3]
    numbers = dict(zip(homes, env["bphs.household"].browse(made["ids"]).mapped("number"), strict=True))
    env.cr.commit()
    residents = env["bphs.resident"].with_user(loader).sudo().with_context(lang=loader.lang)
    words = {name: _words(residents, name) for name in OWN}
    kinds = _words(residents.group_ids, "kind")
    rows = []
    for person in people:
        facts = ["是" if fact in person.facts else "" for fact in FACTS]
        told = {name: str(getattr(person, name) or "") for name in OWN}
        own = [*(words[name].get(told[name], told[name]) for name in OWN), *facts]
        own += [str(village_ids[person.village]), numbers[person.household]]
        since = str(max(person.birth_date, person.file_created_on))
        groups = [[kinds[kind], since, BASIS] for kind in person.groups] or [["", "", ""]]
        rows += [[*(own if at == 0 else [""] * len(own)), *group] for at, group in enumerate(groups)]
    columns = [*OWN, *FACTS, "division_id/.id", "household_id", "group_ids/kind", "group_ids/date_from"]
    started = time.perf_counter()
    result = residents.load([*columns, "group_ids/basis"], rows)
    env.flush_all()
    env.cr.commit()
    assert len(result["ids"] or ()) == LOADED, result["messages"][:3]
    return spent + time.perf_counter() - started


def _village_ids(env):
    return {village.code: village.id for village in env["bphs.division"].search([("level", "=", "village")])}


def _words(model, name):
    """What the values of a field are called in the model's language; empty where they are not chosen from a list."""
    field = model._fields[name]
    return dict(field._description_selection(model.env)) if field.type == "selection" else {}


def _load_bare(env):
    """Seconds of the same for the resident's own columns alone, by the system itself, whom no rule is asked for."""
    village_ids = _village_ids(env)
    rows = [
        [*(str(getattr(person, name) or "") for name in OWN), str(village_ids[person.village])]
        for person in draw_county(villages_of(), LOADED, seed=3, used=USED)
    ]
    started = time.perf_counter()
    result = env["bphs.resident"].load([*OWN, "division_id/.id"], rows)
    env.flush_all()
    env.cr.commit()
    assert len(result["ids"] or ()) == LOADED, result["messages"][:3]
    return time.perf_counter() - started
