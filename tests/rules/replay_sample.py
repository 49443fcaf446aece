"""A sound document that uses every key, the places in it, and how to break it at one of them."""

import copy
import json

import pytest
from test_replay_vectors import ROOT

from odoo.addons.bphs_base.tools.replay_reader import ReplayError
from odoo.addons.bphs_fund.tools.replay import replay

MISSING = object()


def put(document, path, value):
    """Return the document with the value at ``path`` (keys and indexes) replaced or removed in it."""
    place = document
    for key in path[:-1]:
        place = place[key]
    if value is MISSING:
        del place[path[-1]]
    else:
        place[path[-1]] = value
    return document


def sample():
    """A document that uses every key: both prepay bases, a pool, a cap, all kinds of events."""
    document = json.loads((ROOT / "tests/vectors/clinic-a.in.json").read_bytes())
    other = copy.deepcopy(document["institutions"][0])
    amounts = dict.fromkeys(document["scheme"]["year_periods"], "3120.40")
    other |= {"code": "B", "prepay": {"basis": "last_year", "quarters": amounts}, "cap": None}
    document["institutions"].append(other)
    document["pool"] = "20000.00"
    document["institutions"][0]["quarters"][2]["false_times"] = "3.00"
    code = document["institutions"][0]["code"]
    document["events"].append({"type": "return", "code": code, "amount": "481.69"})
    return document


def as_data(document):
    return json.dumps(document).encode()


def changed(path, value):
    """Return the sample with the value at ``path`` (keys and indexes) replaced or removed."""
    return put(sample(), path, value)


def written(path):
    text = ""
    for key in path:
        text += f"[{key}]" if isinstance(key, int) else f".{key}"
    return text.lstrip(".")


def check_refused(data, field):
    with pytest.raises(ReplayError) as caught:
        replay(data)
    line = str(caught.value)
    assert caught.value.path == field, line
    assert line.startswith(f"{field or 'document'}: ")
    assert line.isprintable() and len(line) < 400
    return line


SCHEME = ("scheme",)
CLINIC = ("institutions", 0)
LAST_YEAR = ("institutions", 1, "prepay")
QUARTER = (*CLINIC, "quarters", 2)
LINE = (*QUARTER, "lines", 3)
EVENTS = {"arrival": ("events", 0), "payment": ("events", 4), "return": ("events", 6)}

REQUIRED = [
    ("scheme",),
    ("institutions",),
    *[(*SCHEME, key) for key in ("prepay_ratio", "full_score", "hold_score", "annual_mode", "year_periods")],
    *[(*CLINIC, key) for key in ("code", "prepay", "opening_carry", "cap", "quarters")],
    (*CLINIC, "prepay", "basis"),
    (*CLINIC, "prepay", "annual"),
    (*LAST_YEAR, "quarters"),
    (*LAST_YEAR, "quarters", "2025Q3"),
    *[(*QUARTER, key) for key in ("period", "score", "penalty", "released", "lines")],
    *[(*LINE, key) for key in ("item", "price", "reported", "invalid", "false")],
    *[(*EVENTS["arrival"], key) for key in ("type", "source", "amount")],
    *[(*EVENTS["payment"], key) for key in ("type", "code", "period", "kind", "amount")],
    *[(*EVENTS["return"], key) for key in ("type", "code", "amount")],
]
OPTIONAL = [("pool",), ("events",), (*CLINIC, "annual_score"), (*QUARTER, "false_times")]
MONEY = [
    ("pool",),
    (*CLINIC, "cap"),
    (*CLINIC, "prepay", "annual"),
    (*LAST_YEAR, "quarters", "2025Q1"),
    (*QUARTER, "penalty"),
    *[(*event, "amount") for event in EVENTS.values()],
]
SCORES = [
    (*SCHEME, "full_score"),
    (*SCHEME, "hold_score"),
    (*CLINIC, "annual_score"),
    (*QUARTER, "score"),
]
RATES = [(*SCHEME, "prepay_ratio"), (*LINE, "price"), (*QUARTER, "false_times")]
CARRY = (*CLINIC, "opening_carry")
COUNTS = [(*LINE, key) for key in ("reported", "invalid", "false")]
TEXTS = [
    (*SCHEME, "annual_mode"),
    (*SCHEME, "year_periods", 1),
    (*CLINIC, "code"),
    (*CLINIC, "prepay", "basis"),
    (*QUARTER, "period"),
    (*LINE, "item"),
    (*EVENTS["arrival"], "type"),
    (*EVENTS["arrival"], "source"),
    (*EVENTS["payment"], "code"),
    (*EVENTS["payment"], "kind"),
    (*EVENTS["payment"], "period"),
]
LISTS = [
    ("institutions",),
    ("events",),
    (*SCHEME, "year_periods"),
    (*CLINIC, "quarters"),
    (*QUARTER, "lines"),
]
OBJECTS = [
    SCHEME,
    CLINIC,
    (*CLINIC, "prepay"),
    (*LAST_YEAR, "quarters"),
    QUARTER,
    LINE,
    *EVENTS.values(),
]
ids = {"ids": written}
