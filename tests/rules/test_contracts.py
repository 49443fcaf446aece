"""The rules of contracts: terms, what falls due, what keeps it, and that no rate exceeds its parts."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from odoo.addons.bphs_team.tools.falls import is_fall
from odoo.addons.bphs_team.tools.promises import (
    RHYTHM,
    SERVICE_KINDS,
    WITHIN,
    Instance,
    Rule,
    instances,
    kept_by,
    kept_first,
    kept_positions,
)
from odoo.addons.bphs_team.tools.terms import (
    BY_FILE,
    CHANGED,
    DIED,
    LEAVING,
    LOST,
    MOVED,
    WISH,
    Term,
    TermRule,
    is_renewed,
    overlap,
    rule_on,
    run_start,
    until_of,
)

START = date(2026, 1, 1)
days = st.dates(date(2024, 1, 1), date(2028, 12, 31))
months = st.integers(12, 60)
rules = st.one_of(
    st.builds(Rule, st.just(WITHIN), st.integers(1, 4), weeks=st.integers(1, 60)),
    st.builds(Rule, st.just(RHYTHM), st.integers(0, 6), months=st.integers(1, 12)),
)


# === TERMS === #


def test_a_renewal_does_not_begin_anew():
    def term(year, until=None, reason=None, begins=1):
        return Term(date(year, 1, begins), date(year + 1, 1, begins), until or date(year + 1, 1, begins), reason)

    now, before, first = term(2026), term(2025), term(2024)
    assert run_start(now, []) == now.date_from
    assert run_start(now, [first, before, now]) == first.date_from
    assert run_start(now, [first]) == now.date_from, "a year lies between"
    assert run_start(term(2026, begins=31), [before]) == before.date_from, "a month later is soon enough"
    assert run_start(now, [term(2025, date(2025, 6, 1), WISH), first]) == now.date_from, "ended before its term"
    assert run_start(now, [term(2025, date(2025, 1, 1), WISH), first]) == now.date_from, "never in force"


@pytest.mark.parametrize(("before", "now", "falls"), [(19, 0, False), (20, 10, True), (20, 11, False), (0, 5, False)])
def test_a_steep_fall(before, now, falls):
    assert is_fall(before, now) is falls
    assert is_fall(100, 69, percent=30, least=100)


def test_a_year_ends_the_day_before_its_next():
    assert until_of(START, 12) == date(2027, 1, 1)
    assert until_of(date(2024, 2, 29), 12) == date(2025, 2, 28)
    assert until_of(START, 60) == date(2031, 1, 1)


@pytest.mark.parametrize("months", [0, -1, 61])
def test_a_term_is_of_five_years_at_most(months):
    with pytest.raises(ValueError, match="1 to 60"):
        until_of(START, months)


def test_how_long_a_contract_may_be_goes_by_the_day_it_begins():
    first, later = TermRule(date(2020, 1, 1), 12, 60, 12), TermRule(date(2026, 3, 1), 6, 36, 24)
    for rules in ([first, later], [later, first]):
        assert rule_on(rules, date(2026, 2, 28)) == first
        assert rule_on(rules, date(2026, 3, 1)) == later
        assert rule_on(rules, date(2019, 1, 1)) == first, "before the first the first holds"
    assert [later.allows(months) for months in (None, 0, 5, 6, 36, 37)] == [False, False, False, True, True, False]


def test_who_died_leaves_and_who_wished_to_go_stays():
    term = Term(START, date(2027, 1, 1), date(2027, 1, 1))
    assert term.counted_until == date(2027, 1, 1)
    for reason in (DIED, MOVED, CHANGED):
        assert term.ended(date(2026, 5, 1), reason).counted_until == date(2026, 5, 1)
    for reason in (WISH, LOST):
        ended = term.ended(date(2026, 5, 1), reason)
        assert not ended.in_force(date(2026, 5, 1)) and ended.in_force(date(2026, 4, 30))
        assert ended.counted_until == date(2027, 1, 1)


def test_an_end_before_the_beginning_leaves_nothing_in_force():
    term = Term(START, date(2027, 1, 1), date(2027, 1, 1)).ended(date(2025, 1, 1), DIED)
    assert term.until == START and not term.in_force(START)


def test_the_ends_of_a_file_are_ends_of_contracts():
    assert BY_FILE == {"moved_out": "moved", "died": "died", "lost": "lost", "merged": "merged"}
    assert LEAVING == {"moved", "died", "merged", "changed"}


def test_due_for_renewal_is_whose_term_ended_not_who_died_before():
    term = Term(START, date(2027, 1, 1), date(2027, 1, 1))
    december = (date(2026, 12, 1), date(2026, 12, 31))
    assert term.term_ended_in(*december)
    assert not term.term_ended_in(date(2027, 1, 1), date(2027, 1, 31))
    assert term.ended(date(2026, 6, 1), WISH).term_ended_in(*december)
    assert not term.ended(date(2026, 6, 1), DIED).term_ended_in(*december)


def test_renewed_within_sixty_days():
    end = date(2027, 1, 1)
    assert is_renewed(end, [end]) and is_renewed(end, [end + timedelta(60)])
    assert not is_renewed(end, [end + timedelta(61)]) and not is_renewed(end, [START]) and not is_renewed(end, [])
    assert is_renewed(end, [end + timedelta(61)], days=90)


@given(st.lists(st.tuples(months, st.integers(-20, 700)), min_size=1, max_size=6), days)
def test_renewals_and_ends_never_put_two_in_force(history, first):
    """A chain of renewals, each ended early or late, as the steps of a contract make it: one at most on any day."""
    terms, start = [], first
    for length, ended in history:
        term = Term(start, until_of(start, length), until_of(start, length))
        if ended < 600:
            term = term.ended(start + timedelta(ended), CHANGED)
        terms.append(term)
        start = max(start, term.until)
    assert not overlap(terms)
    for term in terms:
        assert sum(other.in_force(term.date_from) for other in terms) <= 1


def test_two_that_overlap_are_seen():
    one = Term(START, date(2027, 1, 1), date(2027, 1, 1))
    assert overlap([one, Term(date(2026, 12, 31), date(2027, 12, 31), date(2027, 12, 31))])
    assert not overlap([one, Term(date(2027, 1, 1), date(2028, 1, 1), date(2028, 1, 1))])


# === WHAT FALLS DUE, AND WHAT KEEPS IT === #


def test_there_are_fifteen_kinds():
    assert len(dict(SERVICE_KINDS)) == 15


def test_due_within_weeks_of_effect():
    rule = Rule(WITHIN, times=2, weeks=4)
    assert instances(rule, START, date(2027, 1, 1)) == [Instance(START, date(2026, 1, 29))] * 2
    assert instances(rule, START, date(2026, 1, 29)) == []


def test_a_rhythm_ends_with_the_term_or_its_count():
    quarterly = Rule(RHYTHM, times=0, months=3)
    assert [one.due for one in instances(quarterly, START, date(2027, 1, 1))] == [
        date(2026, 3, 31),
        date(2026, 6, 30),
        date(2026, 9, 30),
        date(2026, 12, 31),
    ]
    assert len(instances(Rule(RHYTHM, times=2, months=3), START, date(2027, 1, 1))) == 2
    assert len(instances(Rule(RHYTHM, times=0, months=12), START, date(2027, 1, 1))) == 1


@pytest.mark.parametrize(
    "rule", [{"due": WITHIN, "times": 0, "weeks": 4}, {"due": WITHIN}, {"due": RHYTHM}, {"due": RHYTHM, "times": -1}]
)
def test_a_rule_says_when(rule):
    with pytest.raises(ValueError, match="needs"):
        Rule(**rule)


def test_four_visits_in_a_month_do_not_keep_a_year():
    promised = instances(Rule(RHYTHM, times=0, months=3), START, date(2027, 1, 1))
    services = [date(2026, 1, day) for day in (3, 4, 5, 6)]
    assert kept_by(promised, services, date(2026, 12, 31)) == [True, False, False, False]


def test_a_late_visit_keeps_what_it_comes_too_late_for():
    promised = instances(Rule(RHYTHM, times=0, months=3), START, date(2027, 1, 1))
    assert kept_by(promised, [date(2026, 4, 10)], date(2026, 4, 9)) == [False] * 4
    assert kept_by(promised, [date(2026, 4, 10), date(2026, 4, 11)], date(2026, 4, 30)) == [True, True, False, False]


@given(rules, days, months, st.lists(days, max_size=12), days)
def test_kept_is_the_same_told_either_way(rule, date_from, length, services, day):
    promised = instances(rule, date_from, until_of(date_from, length))
    done = sum(served <= day for served in services)
    kept = kept_by(promised, services, day)
    assert kept == [at <= done for at in kept_positions(promised, services)]
    first = kept_first(promised, [served for served in services if served <= day])
    assert kept == [place < first for place in range(len(promised))]


@given(rules, days, months, st.lists(days, max_size=12), days, days)
def test_no_rate_exceeds_its_parts(rule, date_from, length, services, day, other):
    promised = instances(rule, date_from, until_of(date_from, length))
    first, last = sorted((day, other))
    due = [place for place, one in enumerate(promised) if first <= one.due <= last]
    kept = kept_by(promised, services, last)
    assert 0 <= sum(kept[place] for place in due) <= len(due)
    assert sum(kept) <= len(services)
    # What was kept stays kept.
    assert all(now or not before for before, now in zip(kept_by(promised, services, first), kept, strict=True))


@given(rules, days, months)
def test_nothing_is_due_outside_the_term(rule, date_from, length):
    until = until_of(date_from, length)
    assert all(date_from <= one.opens <= one.due < until for one in instances(rule, date_from, until))
