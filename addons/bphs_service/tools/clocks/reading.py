"""A document of clocks, read strictly: what breaks a rule is refused by the name of its field (clocks rules,
section 4).

Where the rules are silent, this module decides: codes, steps and ids are any text that is not empty; a step stands once
in a schedule; a result once in ``recheck_on``; numbers of days and months are at most 1,000,000,000.
"""

import re
from dataclasses import dataclass
from datetime import date

from odoo.addons.bphs_base.tools.replay_reader import (
    MAX_COUNT,
    ReplayError,
    read_boolean,
    read_choice,
    read_count,
    read_day,
    read_integer,
    read_list,
    read_object,
    read_text,
    shown,
)

from .calendar_days import fewest_days
from .terms import (
    FIXED,
    LAST,
    RESULTS,
    SATISFIED,
    Clock,
    Interval,
    Mute,
    Offset,
    Plan,
    Schedule,
    ScheduleStep,
    Visit,
    Yearly,
)

COMMON = ("code", "kind", "face_to_face", "min_gap_days")
KEYS = {
    "interval": (
        *("mode", "every", "before_days", "after_days"),
        *("recheck_on", "recheck_days", "recheck_after_days", "refer_after"),
    ),
    "schedule": ("steps",),
    "yearly": ("year_starts", "least_days"),
}
_DAY_OF_YEAR = re.compile(r"[0-9]{2}-[0-9]{2}")


@dataclass(frozen=True, slots=True)
class ClockDocument:
    clock: Clock
    as_of: date
    horizon_days: int
    plans: tuple[Plan, ...]


def parse(value) -> ClockDocument:
    """Check a decoded document against every rule of the format.

    :raise ReplayError: for the first rule it breaks, e.g. ``plans[3].visits[0].date: 应为日期…``
    """
    document = read_object(value, "", ("clock", "as_of", "horizon_days", "plans"))
    clock = read_clock(document["clock"], "clock")
    as_of = read_day(document["as_of"], "as_of")
    horizon_days = read_count(document["horizon_days"], "horizon_days")
    plans = _each(document["plans"], "plans", lambda item, path: _plan(item, path, isinstance(clock, Schedule)))
    _no_doubles(((plan.code, f"plans[{index}].code") for index, plan in enumerate(plans)), "计划代码重复")
    return ClockDocument(clock, as_of, horizon_days, plans)


# ---------------------------------------------------------------------------
# The clock
# ---------------------------------------------------------------------------


def read_clock(value, path: str) -> Clock:
    """:raise ReplayError: it is no clock, with the field"""
    read_object(value, path, ("kind",), (*COMMON, *(key for keys in KEYS.values() for key in keys)))
    kind = read_choice(value["kind"], f"{path}.kind", tuple(KEYS))
    clock = read_object(value, path, (*COMMON, *KEYS[kind]))
    code = read_text(clock["code"], f"{path}.code")
    face_to_face = read_boolean(clock["face_to_face"], f"{path}.face_to_face")
    gap = read_count(clock["min_gap_days"], f"{path}.min_gap_days")
    read = {"interval": _interval, "schedule": _schedule, "yearly": _yearly}[kind]
    return read(clock, path, (code, face_to_face, gap))


def _interval(clock, path, common):
    mode = read_choice(clock["mode"], f"{path}.mode", (FIXED, LAST))
    every = _every(clock["every"], f"{path}.every")
    before, after = (read_count(clock[key], f"{path}.{key}") for key in ("before_days", "after_days"))
    fewest = fewest_days(Offset(), every)
    if before + after >= fewest:
        raise ReplayError(
            f"{path}.after_days",
            f"before_days 与 after_days 之和应小于两次之间最少的 {fewest} 天，实际为 {before + after}",
        )
    results = _each(clock["recheck_on"], f"{path}.recheck_on", _unsatisfied)
    _no_doubles(((result, f"{path}.recheck_on[{i}]") for i, result in enumerate(results)), "结果重复")
    refer_after = read_object(clock["refer_after"], f"{path}.refer_after", results)
    return Interval(
        *common,
        mode,
        every,
        before,
        after,
        _one_or_more(clock["recheck_days"], f"{path}.recheck_days"),
        read_count(clock["recheck_after_days"], f"{path}.recheck_after_days"),
        {result: _one_or_more(refer_after[result], f"{path}.refer_after.{result}") for result in results},
    )


def _every(value, path):
    read_object(value, path, (), ("months", "days"))
    if len(value) != 1:
        raise ReplayError(path, "应只有 months、days 其中一项")
    ((unit, number),) = value.items()
    return Offset(**{unit: _one_or_more(number, f"{path}.{unit}")})


def _unsatisfied(value, path):
    return read_choice(value, path, tuple(result for result in RESULTS if result != SATISFIED))


def _schedule(clock, path, common):
    steps = _each(clock["steps"], f"{path}.steps", _step)
    _no_doubles(((step.step, f"{path}.steps[{i}].step") for i, step in enumerate(steps)), "步骤重复")
    before = None
    for index, step in enumerate(steps):
        where = f"{path}.steps[{index}]"
        if before is not None and fewest_days(before.opens, step.opens) < 1:
            raise ReplayError(f"{where}.opens", "应晚于上一步骤的 opens（任何起算日都应如此）")
        if fewest_days(step.opens, step.due) < 0:
            raise ReplayError(f"{where}.due", "不能早于 opens（任何起算日都应如此）")
        if fewest_days(step.due, step.closes) < 0:
            raise ReplayError(f"{where}.closes", "不能早于 due（任何起算日都应如此）")
        before = step
    return Schedule(*common, steps)


def _step(value, path):
    step = read_object(value, path, ("step", "opens", "due", "closes"))
    offsets = (_offset(step[key], f"{path}.{key}") for key in ("opens", "due", "closes"))
    return ScheduleStep(read_text(step["step"], f"{path}.step"), *offsets)


def _offset(value, path):
    read_object(value, path, (), ("months", "days"))
    if not value:
        raise ReplayError(path, "应有 months、days 其中至少一项")
    months = read_count(value.get("months", 0), f"{path}.months")
    return Offset(months, read_integer(value.get("days", 0), f"{path}.days", -MAX_COUNT, MAX_COUNT))


def _yearly(clock, path, common):
    starts = clock["year_starts"]
    try:
        if not isinstance(starts, str) or not _DAY_OF_YEAR.fullmatch(starts):
            raise ValueError
        first = date.fromisoformat(f"2001-{starts}")  # a year without 29 February
    except ValueError as error:
        raise ReplayError(f"{path}.year_starts", f'应为每年都有的一天（如 "01-01"），实际为{shown(starts)}') from error
    return Yearly(*common, (first.month, first.day), read_count(clock["least_days"], f"{path}.least_days"))


# ---------------------------------------------------------------------------
# The plans
# ---------------------------------------------------------------------------


def _plan(value, path, anchored):
    plan = read_object(value, path, ("code", "start", "end", "anchor", "mutes", "visits"))
    code = read_text(plan["code"], f"{path}.code")
    start = read_day(plan["start"], f"{path}.start")
    end = _day_or_none(plan["end"], f"{path}.end", start, "start")
    anchor = plan["anchor"]
    if anchored:
        anchor = read_day(anchor, f"{path}.anchor")
    elif anchor is not None:
        raise ReplayError(f"{path}.anchor", f"这类时钟没有起算日，应为 null，实际为{shown(anchor)}")
    mutes = _each(plan["mutes"], f"{path}.mutes", _mute)
    visits = _each(plan["visits"], f"{path}.visits", _visit)
    _no_doubles(((visit.id, f"{path}.visits[{i}].id") for i, visit in enumerate(visits)), "随访编号重复")
    return Plan(code, start, end, anchor, mutes, visits)


def _mute(value, path):
    mute = read_object(value, path, ("from", "to"))
    since = read_day(mute["from"], f"{path}.from")
    return Mute(since, _day_or_none(mute["to"], f"{path}.to", since, "from"))


def _visit(value, path):
    visit = read_object(value, path, ("id", "date", "face_to_face", "result"))
    result = visit["result"]
    return Visit(
        read_text(visit["id"], f"{path}.id"),
        read_day(visit["date"], f"{path}.date"),
        read_boolean(visit["face_to_face"], f"{path}.face_to_face"),
        None if result is None else read_choice(result, f"{path}.result", RESULTS),
    )


def _one_or_more(value, path):
    return read_integer(value, path, 1, MAX_COUNT)


def _day_or_none(value, path, since, name):
    if value is None:
        return None
    day = read_day(value, path)
    if day < since:
        raise ReplayError(path, f"不能早于 {name}")
    return day


def _each(value, path, read):
    return tuple(read(item, f"{path}[{index}]") for index, item in enumerate(read_list(value, path)))


def _no_doubles(named, text):
    seen = set()
    for name, path in named:
        if name in seen:
            raise ReplayError(path, f"{text}：{shown(name)}")
        seen.add(name)
