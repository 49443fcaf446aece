"""Stories of clocks, read from tests/rules/clock_stories.txt: what was done, and how each row then stands."""

from datetime import date
from pathlib import Path

from clock_documents import clock

from odoo.addons.bphs_service.tools.clocks.rows import rows_of
from odoo.addons.bphs_service.tools.clocks.terms import Mute, Plan, Visit

FILE = Path(__file__).with_name("clock_stories.txt")


def stories():
    """Return each story as (its title, the lines below it)."""
    parts = FILE.read_text(encoding="utf-8").split("\n## ")[1:]
    return [(title, body.strip().splitlines()) for title, _, body in (part.partition("\n") for part in parts)]


def play(lines):
    """Return the rows a story tells of, and those the rules compute, both as lines of text."""
    told = [line.split() for line in lines if line.strip() and not line.startswith("--")]
    facts = [words for words in told if words[0] in _FACTS]
    plan = {"code": "P", "mutes": (), "visits": ()}
    asked = {}
    for word, *values in facts:
        _FACTS[word](plan, asked, values)
    rows = rows_of(clock(asked["clock"]), Plan(**plan), asked["on"], asked.get("ahead", 0))
    computed = [
        [row.kind, row.key, *(day.isoformat() for day in (row.opens, row.due, row.closes)), row.state]
        + ([row.visit] if row.visit else [])
        for row in rows
    ]
    return [words for words in told if words[0] not in _FACTS], computed


def _plan(plan, asked, values):
    asked["clock"] = values[0]
    plan["start"] = _day(values[1])
    plan["end"] = _day(values[2]) if len(values) > 2 else None


def _visit(plan, asked, values):
    name, day, way, *result = values
    plan["visits"] += (Visit(name, _day(day), way == "face", result[0] if result else None),)


def _mute(plan, asked, values):
    plan["mutes"] += (Mute(*map(_day, values)),)


_FACTS = {
    "plan": _plan,
    "anchor": lambda plan, asked, values: plan.update(anchor=_day(values[0])),
    "visit": _visit,
    "mute": _mute,
    "on": lambda plan, asked, values: asked.update(on=_day(values[0]), ahead=int((values[1:] or ["0"])[0])),
}


def _day(text):
    return date.fromisoformat(text)
