"""What a filter asks about is what one sees: lines by their ids, whether there are any, what stands above and below."""

import pytest

from tests.live.doors.sweep import NO_RIGHT, REFUSED, Outcome
from tests.live_server import CallError


@pytest.fixture(scope="session")
def aim(facts):
    return facts["targets"]


def test_lines_that_are_hidden_are_found_by_no_filter(people, aim):
    """Of every model with lines of people: a filter by ids tells no more than one by what lines hold."""
    told, tried = [], 0
    for role in sorted({*aim["filling_in"], *aim["searchers"]} & {*aim["readers"]}):
        person, seen = people[role], {}
        for model, field, lines in aim["lines"]:
            for name in (model, lines):
                if name not in seen:
                    mine = person.call(name, "has_access", [], "read")
                    seen[name] = _seen(person, name, aim) if mine else set()
            unseen = sorted(set(aim["latest"][lines]) - seen[lines])
            if not seen[model] or not unseen:
                continue
            tried += 1
            try:
                by_ids = person.call(model, "search_count", [[field, "in", unseen]])
                any_at_all, any_seen = (
                    person.call(model, "search_count", [condition])
                    for condition in ([field, "!=", False], [field, "any", [["id", "!=", 0]]])
                )
            except CallError as refusal:
                assert Outcome.of(_again(refusal)).letter in (NO_RIGHT, REFUSED), (role, model, field, refusal)
                continue
            if by_ids or any_at_all != any_seen:
                told.append((role, model, field, by_ids, any_at_all, any_seen))
    assert tried > 30 and not told, told


def _seen(person, model, aim):
    ids = aim["latest"][model]
    return set(person.call(model, "search", [["id", "in", ids]], context={"active_test": False}))


def _again(refusal):
    def call():
        raise refusal

    return call


def test_nothing_stands_above_a_person(people, aim):
    """Odoo looks for it past the rules, and broke off where a model has nothing above its records."""
    for role in aim["readers"]:
        for operator in ("parent_of", "child_of"):
            for model, field in (
                ("bphs.resident", "id"),
                ("bphs.visit", "resident_id"),
                ("bphs.household", "member_ids"),
            ):
                for one in (aim["hidden"][0], aim["absent"][0], aim["file"]["id"], "张"):
                    outcome = Outcome.of(people[role].call, model, "search_count", [[field, operator, one]])
                    assert outcome.letter == REFUSED and outcome.words, (role, model, operator, outcome)


def test_whether_one_may_is_told_alike_of_what_is_hidden_and_what_is_not_there(people, aim):
    """Of every model of the suite, for ids of what is of no people run on."""
    told, tried = [], 0
    for role in aim["filling_in"]:
        person = people[role]
        for model, ids in aim["latest"].items():
            if not ids or not person.call(model, "has_access", [], "read"):
                continue
            seen = _seen(person, model, aim)
            hidden = next((one for one in ids if one not in seen), None)
            if hidden is None:
                continue
            tried += 1
            absent = ids[0] + 10_000_019
            answers = [person.call(model, "has_access", [one], "read") for one in (hidden, absent)]
            if answers != [False, False]:
                told.append((role, model, answers))
    assert tried > 30 and not told, told


def test_messages_of_what_one_does_not_see_are_refused(people, aim):
    def messages(who, one, model="bphs.approval.request"):
        return who.ask("/mail/thread/messages", thread_model=model, thread_id=one)

    model = "bphs.approval.request"
    for role, person in people.items():
        seen = set(person.call(model, "search", [])) if person.call(model, "has_access", [], "read") else set()
        unseen = [one for one in aim["latest"][model] if one not in seen][:1]
        for one in (*unseen, aim["absent"][0]):
            with pytest.raises(CallError):
                messages(person, one)
        for one in sorted(seen)[:1]:
            assert "messages" in messages(person, one), role
        for one in (aim["hidden"][0], aim["absent"][0]):
            with pytest.raises(CallError):
                messages(person, one, "bphs.resident")
