"""Documents of clocks: through the command byte for byte, and broken one field at a time (clocks rules, section 4)."""

import copy
import json
import re

import pytest
from clock_documents import VECTORS, document
from replay_sample import MISSING, put
from test_replay_vectors import ROOT, refused, replays_byte_for_byte, run

from odoo.addons.bphs_base.tools.replay_reader import ReplayError
from odoo.addons.bphs_service.tools.clocks.replay import replay


def broken(name, path, value):
    """Return a document of the vectors with the value at ``path`` (as a refusal writes it) replaced or removed."""
    changed = document(name)
    keys = [int(key) if key.isdigit() else key for key in path.replace("[", ".").replace("]", "").split(".")]
    return json.dumps(put(changed, keys, value if value is MISSING else copy.deepcopy(value))).encode()


def test_there_are_vectors_of_each_kind():
    kinds = {json.loads(path.read_bytes())["clock"]["kind"] for path in VECTORS}
    assert len(VECTORS) == 10 and kinds == {"interval", "schedule", "yearly"}


@pytest.mark.parametrize("path", VECTORS, ids=lambda path: path.name)
def test_a_vector_replays_byte_for_byte(path):
    replays_byte_for_byte(path)


def test_the_command_names_the_field_of_a_broken_document():
    assert refused(run("-", data=broken("child", "plans[1].start", "2024-02-30"))).startswith("plans[1].start: ")
    assert refused(run("-", data=b'{"clock": {}}')).startswith("as_of: ")


PLAN, VISIT, STEP = "plans[0]", "plans[0].visits[0]", "clock.steps[1]"
REQUIRED = {
    "hypertension": [
        *("as_of", "horizon_days", "plans"),
        *(f"clock.{key}" for key in ("code", "kind", "face_to_face", "min_gap_days", "mode", "every", "before_days")),
        *(f"clock.{key}" for key in ("after_days", "recheck_on", "recheck_days", "recheck_after_days", "refer_after")),
        "clock.refer_after.reaction",
        *(f"{PLAN}.{key}" for key in ("code", "start", "end", "anchor", "mutes", "visits")),
        *(f"{VISIT}.{key}" for key in ("id", "date", "face_to_face", "result")),
        "plans[7].mutes[0].from",
        "plans[7].mutes[0].to",
    ],
    "child": ["clock.steps", *(f"{STEP}.{key}" for key in ("step", "opens", "due", "closes"))],
    "elder_exam": ["clock.year_starts", "clock.least_days"],
}
PLACES = [(name, path) for name, paths in REQUIRED.items() for path in paths]


@pytest.mark.parametrize(("name", "path"), PLACES)
def test_a_missing_key(name, path):
    check(name, path, MISSING)


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("hypertension", "note"),
        ("hypertension", "clock.steps"),
        ("hypertension", "clock.every.weeks"),
        ("hypertension", "clock.refer_after.satisfied"),
        ("hypertension", f"{PLAN}.name"),
        ("hypertension", f"{VISIT}.mode"),
        ("hypertension", "plans[7].mutes[0].why"),
        ("child", "clock.mode"),
        ("child", f"{STEP}.note"),
        ("child", f"{STEP}.opens.years"),
        ("elder_exam", "clock.every"),
        ("elder_exam", "clock.note"),
    ],
)
def test_a_key_that_is_not_of_this_kind(name, path):
    check(name, path, 1)


def test_a_key_given_twice():
    data = json.dumps(document("hypertension")).replace('"before_days": 30', '"before_days": 30, "before_days": 30')
    with pytest.raises(ReplayError) as caught:
        replay(data.encode())
    assert caught.value.path == "clock.before_days"


DAYS = ["as_of", f"{PLAN}.start", f"{PLAN}.end", f"{VISIT}.date", "plans[7].mutes[0].from", "plans[7].mutes[0].to"]
COUNTS = ["horizon_days", *(f"clock.{key}" for key in ("min_gap_days", "before_days", "recheck_after_days"))]
ODD = [True, 1.5, [], {}, "", "x"]


@pytest.mark.parametrize("value", [*ODD, 20250110, "20250110", "2025-1-10", "2025-02-29", "2025-W01-1"], ids=repr)
@pytest.mark.parametrize("path", DAYS)
def test_a_day_that_is_none(path, value):
    check("hypertension", path, value)


@pytest.mark.parametrize("value", [*ODD, None, -1, "1", 10**9 + 1, 10**30], ids=repr)
@pytest.mark.parametrize("path", COUNTS)
def test_a_number_that_is_none(path, value):
    check("hypertension", path, value)


@pytest.mark.parametrize(
    ("name", "path", "value"),
    [
        ("hypertension", "clock", []),
        ("hypertension", "clock.code", ""),
        ("hypertension", "clock.kind", "monthly"),
        ("hypertension", "clock.mode", "sometimes"),
        ("hypertension", "clock.face_to_face", 1),
        ("hypertension", "clock.every.months", 0),
        ("hypertension", "clock.recheck_days", 0),
        ("hypertension", "clock.refer_after.uncontrolled", 0),
        ("hypertension", "clock.recheck_on[0]", "satisfied"),
        ("hypertension", "clock.recheck_on[0]", None),
        ("hypertension", "clock.recheck_on[1]", "uncontrolled"),
        ("hypertension", "plans", {}),
        ("hypertension", f"{PLAN}.anchor", "2024-01-01"),
        ("hypertension", "plans[1].code", "A-quiet"),
        ("hypertension", f"{PLAN}.end", "2025-01-09"),
        ("hypertension", "plans[7].mutes[0].to", "2025-09-14"),
        ("hypertension", "plans[0].visits[1].id", "v1"),
        ("hypertension", f"{VISIT}.face_to_face", "yes"),
        ("hypertension", f"{VISIT}.result", "good"),
        ("child", f"{PLAN}.anchor", None),
        ("child", "clock.steps[2].step", "1m"),
        ("child", f"{STEP}.due.months", -1),
        ("child", f"{STEP}.due.days", "7"),
        ("elder_exam", "clock.year_starts", "02-29"),
        ("elder_exam", "clock.year_starts", "1-1"),
        ("elder_exam", "clock.year_starts", 101),
    ],
)
def test_a_value_that_breaks_its_rule(name, path, value):
    check(name, path, value)


@pytest.mark.parametrize("value", [{}, {"months": 3, "days": 1}], ids=repr)
def test_an_interval_has_one_unit(value):
    check("hypertension", "clock.every", value)


def test_an_offset_has_one_unit_at_least():
    check("child", f"{STEP}.opens", {})


@pytest.mark.parametrize(
    ("every", "most"), [({"months": 3}, 88), ({"months": 1}, 27), ({"months": 12}, 364), ({"days": 31}, 30)]
)
def test_two_steps_are_never_open_at_once(every, most):
    sound = json.loads(broken("hypertension", "clock.every", every))
    sound["clock"] |= {"before_days": most, "after_days": 0}
    assert replay(json.dumps(sound).encode())
    sound["clock"]["after_days"] = 1
    with pytest.raises(ReplayError) as caught:
        replay(json.dumps(sound).encode())
    assert caught.value.path == "clock.after_days"


@pytest.mark.parametrize(
    ("path", "value"),
    [
        # The second step is a month and a day before it, which after a February is day 26 as well.
        (f"{STEP}.opens", {"months": 1, "days": -2}),
        (f"{STEP}.due", {"days": 25}),
        (f"{STEP}.closes", {"days": 29}),
        # 31 January and a month is 28 February: the day before thirty days are over.
        (f"{STEP}.closes", {"months": 1}),
    ],
)
def test_steps_are_in_order_for_every_anchor(path, value):
    if path.endswith("opens"):
        changed = json.loads(broken("child", "clock.steps[0].opens", {"days": 26}))
        changed["clock"]["steps"][0] |= {"due": {"days": 27}, "closes": {"days": 40}}
        changed["clock"]["steps"][1]["opens"] = value
        data = json.dumps(changed).encode()
    else:
        data = broken("child", path, value)
    with pytest.raises(ReplayError) as caught:
        replay(data)
    assert caught.value.path == path


def test_the_calendar_ends():
    far = json.loads(broken("hypertension", "horizon_days", 10**9))
    far["as_of"] = "9999-06-01"
    far["plans"] = [{**far["plans"][0], "start": "9998-12-31"}]
    days = [row["due"] for row in json.loads(replay(json.dumps(far).encode()))["plans"][0]["rows"]]
    assert days == ["9999-03-31", "9999-06-30", "9999-09-30"]
    far["clock"]["mode"] = "last"
    assert json.loads(replay(json.dumps(far).encode()))["plans"][0]["rows"]
    far["clock"] = document("elder_exam")["clock"] | {"least_days": 0}
    assert [row["key"] for row in json.loads(replay(json.dumps(far).encode()))["plans"][0]["rows"]] == ["9998"]
    # No year has as many days: there is never a step.
    far["clock"]["least_days"] = 367
    assert json.loads(replay(json.dumps(far).encode()))["plans"][0]["rows"] == []


def check(name, path, value):
    with pytest.raises(ReplayError) as caught:
        replay(broken(name, path, value))
    assert caught.value.path == path
    assert str(caught.value).isprintable() and len(str(caught.value)) < 400


def test_the_example_of_the_rule_book_replays():
    book = (ROOT / "docs" / "rules" / "clocks.md").read_text(encoding="utf-8")
    given, result = re.findall(r"```json\n(.*?)```", book, re.S)
    assert json.loads(replay(given.encode())) == json.loads(result)
