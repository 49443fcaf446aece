"""What is hidden answers as what is not there, at the doors of the platform that no method of ours stands before."""

import pytest

from tests.live.doors.sweep import DONE, NO_RIGHT, Outcome
from tests.live_server import CallError


@pytest.fixture(scope="session")
def aim(facts):
    return facts["targets"]


def _alike(person, call, ids):
    """:return set: the outcomes of a call with each of these ids, without the id itself"""
    return {Outcome.of(call, person, one).without(one) for one in ids}


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
    assert len(told) == 1 and told.pop().letter == NO_RIGHT


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
            assert len(told) == 1 and told.pop().letter == NO_RIGHT, (model, call.__name__)


def test_an_error_is_told_by_its_words_alone(people, aim, facts, keeping_nothing):
    """Odoo sends its traceback along: which check refused, and the row at which the database did."""
    person, one = people["village_doctor"], aim["hidden"][0]
    refused = []
    for call in (
        lambda: person.call("bphs.resident", "read", [one], ["name"]),
        lambda: person.call("bphs.resident", "nothing_of_the_kind", [one]),
        lambda: person.call("bphs.resident", "search", [["nonsense", "=", 1]]),
        lambda: person.ask("/web/action/load", action_id={"x": 1}),
        lambda: person.ask("/html_editor/link_preview_internal"),
        lambda: keeping_nothing.call(facts["people"]["village_doctor"], "bphs.resident", "read", ids=[one]),
    ):
        try:
            call()
        except CallError as error:
            refused.append(error.told)
    assert len(refused) >= 4 and not any(told["debug"] for told in refused), refused


def test_names_of_what_a_link_leads_to(people, aim):
    """A link that is pasted into a text is shown with the name of the record it leads to."""

    def shown(person, one):
        return person.ask("/html_editor/link_preview_internal", preview_url=f"http://x/odoo/bphs.resident/{one}")

    for role, person in people.items():
        if role in aim["named"]:
            continue
        told = [shown(person, one) for one in (*aim["hidden"][:3], *aim["absent"][:3])]
        assert told[0].keys() == {"other_error_msg"} and all(one == told[0] for one in told), (role, told)
    assert shown(people["village_doctor"], aim["file"]["id"]) == {"display_name": aim["file"]["name"]}


def test_a_form_that_is_filled_in_names_what_one_may_read(people, aim):
    """Whatever names a record: a link, or a model and an id beside each other, as files and messages have them."""
    wrong, tried = [], 0
    for role in aim["filling_in"]:
        person = people[role]
        for model, field, beside, target in aim["naming"]:
            hidden, absent = aim["unseen"].get(target, {}).get(role, (None, None))
            if not hidden:
                continue

            def filled_in(who, one, at=(model, field, beside, target)):
                link = one if at[2] != "reference" else f"{at[3]},{one}"
                values = {at[1]: str([one]) if at[1] == "res_ids" else link}
                if at[2] not in ("", "reference"):
                    values[at[2]] = at[3]
                shown = {name: {} for name in aim["told"][at[0]]}
                shown[at[1]] = {} if at[2] else {"fields": {"display_name": {}}}
                return who.call(at[0], "onchange", [], values, list(values), shown)

            tried += 1
            told = _alike(person, filled_in, (hidden, absent))
            if len(told) != 1 or told.pop().letter == DONE:
                wrong.append((role, model, field, target))
    assert tried > 50 and not wrong, wrong


@pytest.mark.parametrize(
    "dress", [int, str, " {}".format, lambda one: one + 0.5], ids=["number", "text", "space", "cut"]
)
def test_an_id_is_one_however_it_is_written(people, aim, dress):
    """Beside the name of a model Odoo takes whatever becomes a whole number; in a reference, a text around it."""

    def of_a_message(who, one):
        values = {"model": "bphs.resident", "res_id": dress(one)}
        return who.call("mail.message", "onchange", [], values, list(values), {"record_name": {}, "res_id": {}})

    def in_a_reference(who, one):
        values = {"resource_ref": f"bphs.resident,{dress(one)}"}
        return who.call("mail.template.preview", "onchange", [], values, list(values), {"resource_ref": {"fields": {}}})

    def in_a_line(who, one):
        return who.call("bphs.household", "onchange", [], {"member_ids": [[4, dress(one)]]}, ["member_ids"], {})

    for call in (of_a_message, in_a_reference, in_a_line):
        ids = (aim["hidden"][0], aim["absent"][0])
        told = _alike(people["village_doctor"], call, ids)
        assert len(told) == 1 and told.pop().letter != DONE, call.__name__
    for role, person in people.items():
        if role not in aim["readers"]:
            assert Outcome.of(of_a_message, person, aim["file"]["id"]).letter == NO_RIGHT, role


def test_an_activity_names_what_one_may_read(people, aim):
    """What it is about it says by a link to the register of models, by which Odoo finds the model's name."""
    shown = {"res_name": {}, "res_model": {}}

    def filled_in(who, one):
        values = {"res_model_id": aim["register"], "res_id": one}
        return who.call("mail.activity", "onchange", [], values, list(values), shown)

    def made(who, one):
        return who.call("mail.activity", "create", [{"res_model_id": aim["register"], "res_id": one}])

    def half_from_the_context(who, one):
        context = {"default_res_model_id": aim["register"]}
        return who.call("mail.activity", "create", [{"res_id": one}], context=context)

    for role, person in people.items():
        own = aim["activities"][role]

        def moved(who, one, activity=own):
            return who.call(
                "mail.activity", "web_save", [activity], {"res_model_id": aim["register"], "res_id": one}, shown
            )

        seen = person.call("bphs.resident", "search", []) if role in aim["readers"] else []
        unseen = [one for one in (aim["hidden"][0], aim["file"]["id"]) if one not in seen]
        for call in (filled_in, made, half_from_the_context, moved):
            told = _alike(person, call, (*unseen, aim["absent"][0]))
            assert len(told) == 1 and told.pop().letter == NO_RIGHT, (role, call.__name__)
    assert filled_in(people["village_doctor"], aim["file"]["id"])["value"]["res_name"] == aim["file"]["name"]


def test_nobody_groups_people_by_their_roles(people):
    for role, person in people.items():
        for model, by in (
            ("res.users", "group_ids"), ("res.users", "bphs_institution_ids"), ("res.groups", "user_ids"),
            ("bphs.institution", "create_uid.group_ids"), ("mail.message", "create_uid.group_ids"),
        ):  # fmt: skip
            for method in ("formatted_read_group", "web_read_group") if role != "administrator" else ():
                outcome = Outcome.of(person.call, model, method, [], [by], ["__count"])
                assert outcome.letter == NO_RIGHT, (role, model, by, outcome)
