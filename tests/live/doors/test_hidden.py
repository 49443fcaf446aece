"""What is hidden answers as what is not there, at the doors of the platform that no method of ours stands before."""

import pytest

from tests.live.doors.sweep import NO_RIGHT, Outcome


@pytest.fixture(scope="session")
def aim(facts):
    return facts["targets"]


def _alike(person, call, ids):
    """:return set: the outcomes of a call with each of these ids, without the id itself"""
    outcomes = (Outcome.of(call, person, one) for one in ids)
    return {(outcome.letter, outcome.words.replace(str(one), "#")) for outcome, one in zip(outcomes, ids, strict=True)}


def test_names_on_the_way_to_a_page_are_those_of_what_one_may_read(people, aim):
    """Odoo gives the name of any record for the breadcrumbs of any page, to anybody who is signed in."""

    def named(person, one):
        (told,) = person.ask("/web/action/load_breadcrumbs", actions=[{"model": "bphs.resident", "resId": one}])
        return told

    for role, person in people.items():
        if role not in aim["named"]:
            told = [named(person, one) for one in (*aim["hidden"][:3], *aim["absent"][:3])]
            assert told[0].keys() == {"error"} and all(one == told[0] for one in told), (role, told)
        seen = person.call("bphs.resident", "search", []) if role in aim["readers"] else []
        if aim["file"]["id"] not in seen:
            assert named(person, aim["file"]["id"]).keys() == {"error"}, role
    assert named(people["village_doctor"], aim["file"]["id"]) == {"display_name": aim["file"]["name"]}
    assert named(people["village_doctor"], "new").keys() == {"display_name"}


@pytest.mark.parametrize(
    "method, arguments",
    [("read", [["name"]]), ("web_read", [{"name": {}}]), ("get_metadata", []), ("action_archive", []),
     ("action_unarchive", []), ("write", [{"name": "x"}])],
)  # fmt: skip
def test_beside_a_file_of_ones_own(people, aim, method, arguments):
    own, person = aim["file"]["id"], people["village_doctor"]
    ids = (aim["hidden"][0], aim["absent"][0])
    told = _alike(person, lambda who, one: who.call("bphs.resident", method, [own, one], *arguments), ids)
    assert len(told) == 1 and told.pop()[0] == NO_RIGHT


@pytest.mark.parametrize("command", [(1,), (2,), (3,), (4,), (6,)], ids=str)
def test_in_the_lines_of_a_form(people, aim, command):
    ids = (aim["hidden"][0], aim["absent"][0])
    for model, field in (("bphs.household", "member_ids"), ("bphs.contract.bulk", "resident_ids")):

        def said(one, code=command[0]):
            return [[6, 0, [one]]] if code == 6 else [[code, one, {}] if code == 1 else [code, one]]

        def filled_in(who, one, at=(model, field)):
            shown = {at[1]: {"fields": {"display_name": {}}}}
            return who.call(at[0], "onchange", [], {at[1]: said(one)}, [at[1]], shown)

        def stored(who, one, at=(model, field)):
            return who.call(at[0], "web_save", [], {at[1]: said(one)}, {})

        for call in (filled_in, stored):
            told = _alike(people["village_doctor"], call, ids)
            assert len(told) == 1 and told.pop()[0] == NO_RIGHT, (model, call.__name__)


def test_nobody_groups_people_by_their_roles(people):
    for role, person in people.items():
        for model, by in (
            ("res.users", "group_ids"), ("res.users", "bphs_institution_ids"), ("res.groups", "user_ids"),
            ("bphs.institution", "create_uid.group_ids"), ("mail.message", "create_uid.group_ids"),
        ):  # fmt: skip
            for method in ("formatted_read_group", "web_read_group") if role != "administrator" else ():
                outcome = Outcome.of(person.call, model, method, [], [by], ["__count"])
                assert outcome.letter == NO_RIGHT, (role, model, by, outcome)
