from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from odoo.addons.bphs_service.tools.earning import counting
from odoo.addons.bphs_service.tools.earning.counting import Record, Rule, verdicts

HTN, DM, RY = 1, 2, 3
DAY = date(2026, 2, 10)
MONTHLY = Rule("hypertension", HTN, counting.FACE, "hypertension", "systolic", counting.MONTH, rechecks=True)


def record(id_, day=DAY, form="hypertension", person=1, **vals):
    known = {"groups": frozenset({"hypertension"}), "measured": frozenset({"systolic"})}
    return Record(id_, person, day, form, **{**known, **vals})


def told(*records, rules=(MONTHLY,), **words):
    return {id_: verdict for (id_, _item), verdict in verdicts(records, rules, **words).items()}


@pytest.mark.parametrize(
    ("vals", "verdict"),
    [
        ({}, "counts"),
        ({"draft": True}, "waiting"),
        ({"mode": "phone", "face_to_face": False}, "unmet"),
        ({"groups": frozenset()}, "unmet"),
        ({"measured": frozenset()}, "unmet"),
        ({"closed": True}, "closed"),
        ({"false": True}, "false"),
        ({"complete": False}, "incomplete"),
        # What is worse is told first.
        ({"complete": False, "false": True, "closed": True}, "closed"),
        ({"complete": False, "false": True}, "false"),
    ],
)
def test_what_keeps_a_record_from_counting(vals, verdict):
    assert told(record(1, **vals)) == {1: verdict}


def test_home_and_elsewhere_are_two_items():
    rules = [Rule("elder_follow", HTN, counting.HOME), Rule("elder_follow", DM, counting.ELSEWHERE)]
    found = verdicts([record(1, form="elder_follow", mode="home"), record(2, form="elder_follow", mode="phone")], rules)
    # That it is not the one is no news where it is the other.
    assert found == {(1, HTN): "counts", (2, DM): "counts"}


def test_what_meets_nothing_is_told_of_the_item_its_form_is_for():
    rules = [
        Rule("elder_follow", HTN, counting.HOME, "red_yellow"),
        Rule("elder_follow", DM, counting.ELSEWHERE, "red_yellow", main=False),
    ]
    assert verdicts([record(1, form="elder_follow", mode="phone")], rules) == {(1, HTN): "unmet"}


def test_a_rule_holds_from_and_to_its_days():
    rule = Rule("hypertension", HTN, since=DAY, until=DAY)
    days = [record(at, DAY + timedelta(at)) for at in (-1, 0, 1)]
    assert told(*days, rules=[rule]) == {0: "counts"}
    assert told(record(1, form="diabetes"), rules=[rule]) == {}


def test_twice_on_a_day_and_twice_in_a_month():
    found = told(record(2), record(1), record(3, DAY + timedelta(9)), record(4, date(2026, 3, 1)))
    assert found == {1: "counts", 2: "duplicate", 3: "outside", 4: "counts"}


def test_a_recheck_counts_besides_but_not_twice_on_its_day():
    later = DAY + timedelta(14)
    found = told(record(1), record(2, later, recheck=True), record(3, later, recheck=True))
    assert found == {1: "counts", 2: "counts", 3: "duplicate"}


def test_what_does_not_stand_stands_in_nobodys_way():
    bad = [record(1, complete=False), record(2, false=True), record(3, closed=True), record(4, draft=True)]
    assert told(*bad, record(5, DAY + timedelta(1)))[5] == "counts"


@pytest.mark.parametrize(
    ("once", "first"),
    [
        ("day", date(2026, 5, 17)),
        ("month", date(2026, 5, 1)),
        ("quarter", date(2026, 4, 1)),
        ("year", date(2026, 1, 1)),
    ],
)
def test_spans(once, first):
    assert counting.span_of(once, date(2026, 5, 17)) == first


BOTH = [
    Rule("chronic", HTN, group="hypertension", needs="systolic"),
    Rule("chronic", DM, group="diabetes", needs="fasting_glucose"),
]
ONE_CONTACT = record(
    1,
    form="chronic",
    groups=frozenset({"hypertension", "diabetes"}),
    measured=frozenset({"systolic", "fasting_glucose"}),
)


def test_one_contact_counts_for_each_item_in_full_unless_said_otherwise():
    assert verdicts([ONE_CONTACT], BOTH) == {(1, HTN): "counts", (1, DM): "counts"}


@pytest.mark.parametrize("sharing", [counting.PART, counting.DEAREST])
def test_of_a_shared_contact_the_dearest_counts(sharing):
    worth = {HTN: Decimal(1), DM: Decimal("1.2")}
    assert verdicts([ONE_CONTACT], BOTH, sharing, worth) == {(1, HTN): "shared", (1, DM): "counts"}
    assert verdicts([ONE_CONTACT], BOTH, sharing) == {(1, HTN): "counts", (1, DM): "shared"}
    # Two records of one day are one contact too; two days are two, and what does not count shares nothing.
    two = [record(1), record(2, form="elder_follow"), record(3, DAY + timedelta(1), form="elder_follow")]
    rules = [MONTHLY, Rule("elder_follow", RY)]
    assert verdicts(two, rules, sharing) == {(1, HTN): "counts", (2, RY): "shared", (3, RY): "counts"}
    worse = [record(1, complete=False), two[1]]
    assert verdicts(worse, rules, sharing) == {(1, HTN): "incomplete", (2, RY): "counts"}
    again = [record(1), record(3), two[1]]
    assert verdicts(again, rules, sharing) == {(1, HTN): "counts", (3, HTN): "duplicate", (2, RY): "shared"}


@pytest.mark.parametrize(("sharing", "count"), [("full", 4), ("part", 6), ("dearest", 4)])
def test_a_part_is_rounded_down(sharing, count):
    assert counting.quantity({"counts": 4, "shared": 5}, sharing, 50) == count
    assert counting.quantity({}, sharing, 50) == 0


RECORDS = st.lists(
    st.builds(
        Record,
        id=st.integers(1, 10**6),
        person=st.integers(1, 3),
        day=st.dates(date(2026, 1, 1), date(2026, 6, 30)),
        form=st.sampled_from(["hypertension", "chronic", "elder_follow"]),
        mode=st.sampled_from(["clinic", "home", "phone"]),
        face_to_face=st.booleans(),
        groups=st.frozensets(st.sampled_from(["hypertension", "diabetes"])),
        measured=st.frozensets(st.sampled_from(["systolic", "fasting_glucose"])),
        draft=st.booleans(),
        complete=st.booleans(),
        closed=st.booleans(),
        false=st.booleans(),
        recheck=st.booleans(),
    ),
    max_size=25,
    unique_by=lambda one: one.id,
)
RULES = [MONTHLY, *BOTH, Rule("elder_follow", RY, counting.HOME, once=counting.QUARTER)]


@given(RECORDS, st.sampled_from(["full", "part", "dearest"]), st.randoms())
def test_whatever_comes(records, sharing, chance):
    found = verdicts(records, RULES, sharing)
    assert set(found.values()) <= set(counting.VERDICTS)
    by_id = {one.id: one for one in records}
    counted = [(by_id[id_], item) for (id_, item), verdict in found.items() if verdict in ("counts", "shared")]
    # Nothing counts that is not done, complete, true and in time; no contact counts twice for one item.
    assert not [one for one, _item in counted if one.draft or one.closed or one.false or not one.complete]
    contacts = [(one.person, one.day, item) for one, item in counted]
    assert len(contacts) == len(set(contacts))
    # Of a contact one item at least is counted in full.
    full = {(by_id[id_].person, by_id[id_].day) for (id_, _item), verdict in found.items() if verdict == "counts"}
    assert {(one.person, one.day) for one, _item in counted} == full
    # In whichever order they come.
    shuffled = list(records)
    chance.shuffle(shuffled)
    assert verdicts(shuffled, RULES, sharing) == found
    # How items share a contact changes what is paid, never what was done.
    plain = verdicts(records, RULES)
    assert {key: "counts" if verdict == "shared" else verdict for key, verdict in found.items()} == plain
