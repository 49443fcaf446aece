"""Rule sets and people made up for grading: facts that cluster about the thresholds and the ends of the windows."""

import json
from datetime import date, timedelta
from pathlib import Path

from hypothesis import strategies as st

ROOT = Path(__file__).resolve().parents[2]
RULESETS = ROOT / "addons" / "bphs_elderly" / "data" / "rulesets"
SHIPPED = ("strict-2025", "own-clock-2025")
DAY = date(2025, 12, 31)


def ruleset(name):
    return json.loads((RULESETS / f"{name}.json").read_text(encoding="utf-8"))


def conditions(document):
    yield from document["gate"]
    for rule in document["rules"]:
        for alternative in rule["any"]:
            yield from alternative


def _codes(fact):
    codes = {code for name in SHIPPED for c in conditions(ruleset(name)) if c["fact"] == fact for code in c["in"]}
    return [*sorted(codes), "other"]


CODES = {fact: _codes(fact) for fact in ("condition", "social", "finding", "event")}


def _near(text):
    """The number itself, and one step to either side."""
    if "." in text:
        return [f"{(round(float(text) * 10) + step) / 10:.1f}" for step in (-1, 0, 1)]
    return [str(max(int(text) + step, 0)) for step in (-1, 0, 1)]


NUMBERS = {}
for _name in SHIPPED:
    for _condition in conditions(ruleset(_name)):
        if "value" in _condition and _condition["fact"] != "age":
            NUMBERS.setdefault(_condition["fact"], set()).update(_near(_condition["value"]))
WORDS = {
    "cognition_screen": ("positive", "negative"),
    "mood_screen": ("positive", "negative"),
    "smi_state": ("unstable", "fairly_stable", "stable"),
}


def days(today=DAY):
    """Mostly about the ends of the windows, also after today."""
    ends = [today, date(2025, 6, 30), date(2025, 7, 1), date(2024, 12, 31), date(2025, 1, 1), date(2023, 12, 31)]
    close = st.tuples(st.sampled_from(ends), st.integers(-2, 2)).map(lambda pair: pair[0] + timedelta(pair[1]))
    return (close | st.dates(date(2019, 1, 1), date(2026, 3, 1))).map(date.isoformat)


def values():
    numbers = st.sampled_from(sorted(NUMBERS)).flatmap(
        lambda fact: st.tuples(st.just(fact), st.sampled_from(sorted(NUMBERS[fact])))
    )
    words = st.sampled_from(sorted(WORDS)).flatmap(lambda fact: st.tuples(st.just(fact), st.sampled_from(WORDS[fact])))
    return st.builds(lambda pair, day: {"fact": pair[0], "value": pair[1], "date": day}, numbers | words, days())


@st.composite
def spans(draw, **given):
    first = draw(days())
    last = draw(st.none() | days().filter(lambda day: day >= first))
    return {**{key: draw(values) for key, values in given.items()}, "from": first, "to": last}


def ranges():
    return st.one_of(
        *(spans(fact=st.just(fact), code=st.sampled_from(CODES[fact])) for fact in ("condition", "social", "finding"))
    )


DISEASES = ("hypertension", "diabetes", "copd", "other")


@st.composite
def people(draw, number=0):
    births = st.dates(date(1928, 1, 1), date(1962, 1, 1)) | st.sampled_from(
        [date(1960, 12, 31), date(1961, 1, 1), date(1945, 12, 31), date(1946, 1, 1), date(1935, 12, 31),
         date(1936, 2, 29), date(1940, 2, 29)]
    )  # fmt: skip
    events = st.fixed_dictionaries({"code": st.sampled_from([*CODES["event"], "exam"]), "date": days()})
    control = st.fixed_dictionaries(
        {
            "disease": st.sampled_from(DISEASES),
            "is": st.sampled_from(["controlled", "uncontrolled"]),
            "date": days(),
        }
    )
    lists = {
        "values": st.lists(values(), max_size=4),
        "ranges": st.lists(ranges(), max_size=3),
        "events": st.lists(events, max_size=3),
        "control": st.lists(control, max_size=3),
        "manual": st.lists(spans(colour=st.sampled_from(["red", "yellow"])), max_size=1),
    }
    person = {"code": f"E{number:05}", "birth_date": draw(births).isoformat()}
    names = iter(draw(st.permutations([f"f{place}" for place in range(24)])))
    for key, facts in lists.items():
        person[key] = [{"id": next(names), **fact} for fact in draw(facts)]
    return person


# ---------------------------------------------------------------------------
# The same people in thousands: chance alone, from a seed that hypothesis chooses
# ---------------------------------------------------------------------------

_ENDS = (DAY, date(2025, 6, 30), date(2024, 12, 31), date(2023, 12, 31), date(2020, 12, 31))


def _some_day(chance):
    if chance.random() < 0.6:
        return chance.choice(_ENDS) + timedelta(chance.randint(-2, 2))
    return DAY - timedelta(chance.randint(-60, 2400))


def _some_span(chance):
    first = _some_day(chance)
    last = chance.choice([None, None, _some_day(chance), DAY, DAY - timedelta(1)])
    return {"from": first.isoformat(), "to": None if last is None else max(first, last).isoformat()}


def _some_value(chance):
    if chance.random() < 0.4:
        return {"fact": "adl_score", "value": chance.choice(sorted(NUMBERS["adl_score"]))}
    fact = chance.choice(sorted([*NUMBERS, *WORDS]))
    return {"fact": fact, "value": chance.choice(sorted(NUMBERS[fact]) if fact in NUMBERS else WORDS[fact])}


def some_person(chance, code):
    """A person from ``chance`` (a `random.Random`), for gradings by the thousand."""
    ids = iter(chance.sample(range(100), 40))

    def facts(most, make):
        return [{"id": f"f{next(ids)}", **make()} for _ in range(chance.randint(0, most))]

    def some_range():
        fact = chance.choice(("condition", "condition", "social", "finding"))
        return {"fact": fact, "code": chance.choice(CODES[fact]), **_some_span(chance)}

    year = chance.choice((1934, 1935, 1936, 1944, 1945, 1946, 1950, 1955, 1958, 1960, 1961))
    return {
        "code": code,
        "birth_date": chance.choice([date(year, 1, 1), date(year, 12, 31), date(year, 6, 15)]).isoformat(),
        "values": facts(6, lambda: {**_some_value(chance), "date": _some_day(chance).isoformat()}),
        "ranges": facts(4, some_range),
        "events": facts(
            4, lambda: {"code": chance.choice([*CODES["event"], "exam", "exam"]), "date": _some_day(chance).isoformat()}
        ),
        "control": facts(
            4,
            lambda: {
                "disease": chance.choice(DISEASES),
                "is": chance.choice(["controlled", "uncontrolled"]),
                "date": _some_day(chance).isoformat(),
            },
        ),
        "manual": facts(1, lambda: {"colour": chance.choice(["red", "yellow"]), **_some_span(chance)}),
    }


def documents():
    return st.builds(
        lambda name, day, found: {
            "ruleset": ruleset(name),
            "as_of": day.isoformat(),
            "people": [{**person, "code": f"E{place}"} for place, person in enumerate(found)],
        },
        st.sampled_from(SHIPPED),
        st.just(DAY) | st.dates(date(2025, 1, 1), DAY) | st.sampled_from([date(2025, 2, 28), date(2024, 2, 29)]),
        st.lists(people(), max_size=2),
    )
