"""Every public method of the suite is called as every role, and held to the table in methods.md.

A new method without a row fails: whoever writes it says who may call it.
"""

import os
import re
from pathlib import Path

import pytest

from tests.live_server import CallError, LiveServer

HERE = Path(__file__).parent
TABLE = HERE / "methods.md"
CODE = """
import runpy
module = runpy.run_path({path!r})
answer = module["everything"](env)
"""


@pytest.fixture(scope="module")
def swept():
    """What came of every call: in one process, on the stage's copy of the county; nothing of it stays."""
    return LiveServer(os.environ["JICENG_DATABASE"]).shell(CODE.format(path=str(HERE / "method_sweep.py")))


@pytest.fixture(scope="module")
def table():
    """{model.method: (kind, roles)}"""
    rows = {}
    for line in TABLE.read_text(encoding="utf-8").splitlines():
        found = re.match(r"\| `([\w.]+)` \| (\w+) \| ([^|]*) \|", line)
        if found:
            name, kind, roles = found.groups()
            assert name not in rows, f"{name} has two rows"
            rows[name] = kind, {word.strip("`") for word in roles.split()}
    return rows


def test_every_method_has_its_row(swept, table):
    found = set(swept["outcomes"])
    assert not found - set(table), f"say in methods.md who may call: {sorted(found - set(table))}"
    assert not set(table) - found, f"no such method any more: {sorted(set(table) - found)}"


def test_the_table_knows_its_kinds_and_roles(swept, table):
    for name, (kind, roles) in table.items():
        assert kind in ("step", "reads", "window", "closed"), name
        assert roles <= set(swept["roles"]), (name, roles)
        assert (kind == "step") or not roles, (
            f"{name}: who reads follows from the records, what is closed is closed to all"
        )


def test_no_call_ends_in_a_fault(swept):
    """Refused or told in words; never what a program says that stumbled."""
    faults = {
        f"{name} as {role}": outcome
        for name, of_role in swept["outcomes"].items()
        for role, outcomes in of_role.items()
        for outcome in outcomes["in"] + outcomes["out"]
        if ":" in outcome
    }
    assert not faults, "\n".join(f"{where}: {outcome}" for where, outcome in faults.items())


def test_ids_that_nobody_has_are_told(swept):
    assert not swept["hostile"], "\n".join(map(str, swept["hostile"]))


def test_who_may_is_let_and_who_may_not_is_refused(swept, table):
    wrong = []
    for name, of_role in swept["outcomes"].items():
        kind, roles = table.get(name, ("closed", set()))
        for role, outcomes in of_role.items():
            within = outcomes["in"]
            may = kind in ("reads", "window") or (kind == "step" and role in roles)
            if may and within and set(within) <= {"refused", "private"}:
                wrong.append(f"{name}: {role} may, and is refused: {within}")
            if not may and "done" in within:
                wrong.append(f"{name}: {role} may not, and did it")
    assert not wrong, "\n".join(wrong)


def test_nobody_reaches_beyond_their_scope(swept, table):
    """With the id of a record they do not see; a window that opens on it shows it to nobody who may not read it."""
    wrong = [
        f"{name}: {role} did it"
        for name, of_role in swept["outcomes"].items()
        for role, outcomes in of_role.items()
        if "done" in outcomes["out"] and table.get(name, ("closed", set()))[0] != "window"
    ]
    assert not wrong, "\n".join(wrong)


def test_the_sweep_reached_something(swept):
    """A sweep in which nobody may do anything proves nothing."""
    done = {name for name, of_role in swept["outcomes"].items() if any("done" in one["in"] for one in of_role.values())}
    outside = {name for name, of_role in swept["outcomes"].items() if any(one["out"] for one in of_role.values())}
    assert len(done) > 80 and len(outside) > 150, (len(done), len(outside))


@pytest.mark.parametrize("role", ["finance_officer", "administrator", "auditor", "village_doctor_a1"])
def test_the_server_refuses_what_is_of_another_county(swept, table, do, rows, role):
    """The same over HTTP, with the demo county's records: these people's scope is a county of their own."""
    tried, wrong = 0, []
    first = {}
    for name, arguments in swept["arguments"].items():
        model, _, method = name.rpartition(".")
        if model not in swept["tables"] or table[name][0] in ("window", "closed"):
            continue
        if model not in first:
            ids = rows(f"SELECT min(id) FROM {swept['tables'][model]}")[0][0]
            seen = ids and do_or_nothing(do, role, model, "search_count", domain=[["id", "=", ids]])
            first[model] = None if seen else ids
        if not first[model]:
            continue
        tried += 1
        try:
            do(role, model, method, first[model], **arguments)
        except CallError as refusal:
            if not 400 <= refusal.status < 500:
                wrong.append(f"{name}: {refusal}")
        else:
            wrong.append(f"{name}: done")
    assert not wrong, "\n".join(wrong)
    assert tried > 60, tried


def do_or_nothing(do, *args, **kwargs):
    try:
        return do(*args, **kwargs)
    except CallError:
        return 0
