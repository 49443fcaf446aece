"""What once opened a door, tried again over the web as everybody of the table, against a county as it comes.

The server undoes what it is told to do, so a door that opens harms none of the tests after it.
"""

import json

import pytest

from tests.live.doors.sweep import BROKEN, DONE, NO_RIGHT, REFUSED, Outcome, words
from tests.live_server import CallError


@pytest.fixture(scope="session")
def aim(facts):
    return facts["targets"]


def opened(people, attempt):
    """:return list: who got through: `attempt(person, role)` was done, or broke the server"""
    outcomes = {role: Outcome.of(attempt, person, role) for role, person in people.items()}
    return [f"{role}: {outcome}" for role, outcome in outcomes.items() if outcome.letter in (DONE, BROKEN)]


def saved(person, model, values, *fields):
    """A new record as the form makes it, and what it then holds."""
    (row,) = person.call(model, "web_save", [], values, {field: {} for field in fields})
    return row


# === STORED DEFAULTS === #


@pytest.mark.parametrize(
    "field",
    [
        ("res.users", "group_ids", [1]), ("res.users", "role_line_ids", []), ("res.users", "password", "known"),
        ("bphs.population", "state", "approved"), ("bphs.population", "approved_by_id", 2),
        ("bphs.fund.notice", "state", "closed"), ("bphs.fund.payment", "approval_state", "approved"),
        ("bphs.rectification", "state", "closed"), ("bphs.supervision.letter", "state", "issued"),
        ("bphs.lookback", "state", "drawn"), ("bphs.resident.export", "state", "ready"),
        ("mail.message", "author_id", 3),
    ],
    ids=lambda field: ".".join(field[:2]),
)  # fmt: skip
def test_nobody_stores_a_default_for_what_steps_set(people, field):
    assert not opened(people, lambda person, _role: person.call("ir.default", "set", *field, True))


def test_a_default_that_lies_there_sets_nothing(people, aim):
    """As somebody stored them before they were refused (targets.py)."""
    figure = {"name": "常住人口", "basis": "permanent", "division_id": aim["division"], "number": 100, "source": "x"}
    made = saved(people["finance_officer"], "bphs.population", figure, "state", "approved_by_id")
    assert (made["state"], made["approved_by_id"]) == ("draft", False)
    for values in ({"reason": "核对名单"}, {"reason": "核对名单", "unmasked": True}):
        assert saved(people["village_doctor"], "bphs.resident.export", values, "state")["state"] == "draft"
    letter = people["rectification_clerk"].call("bphs.supervision.letter", "default_get", ["state"])
    assert letter.get("state") != "issued"
    user = {"name": "新用户", "login": "made-by-a-default"}
    assert aim["editors"] not in saved(people["administrator"], "res.users", user, "group_ids")["group_ids"]


def test_a_context_sets_nothing_either(people, aim):
    context = {"default_state": "approved", "default_approved_by_id": aim["leader"]["user"]}
    figure = {"name": "常住人口", "basis": "permanent", "division_id": aim["division"], "number": 100, "source": "x"}
    (row,) = people["finance_officer"].call(
        "bphs.population", "web_save", [], figure, {"state": {}, "approved_by_id": {}}, context=context
    )
    assert (row["state"], row["approved_by_id"]) == ("draft", False)


# === WHO SOMEBODY IS, AND WHO SPEAKS === #


def test_nobody_runs_what_the_clock_runs(people, aim):
    for job in aim["jobs"]:
        for role, person in people.items():
            outcome = Outcome.of(person.call, "ir.actions.server", "run", [job])
            assert outcome.letter == NO_RIGHT, f"{role}, job {job}: {outcome}"


def test_a_stored_filter_is_ones_own(people, aim):
    for role, person in people.items():
        if role == "administrator":
            continue  # may share one
        row = {"name": "x", "model_id": "bphs.institution", "domain": "[]"}
        whose = saved(person, "ir.filters", {**row, "user_ids": False}, "user_ids")["user_ids"]
        assert whose == [aim["users"][role]], role
        if role != "leader":
            forced = {**row, "user_ids": [[6, 0, [aim["leader"]["user"]]]]}
            assert Outcome.of(saved, person, "ir.filters", forced, "user_ids").letter not in (DONE, BROKEN), role


def test_everybody_speaks_for_themselves(people, aim):
    leader = aim["leader"]["partner"]
    for role, person in people.items():
        if role == "leader":
            continue
        forged = {"model": "discuss.channel", "res_id": aim["channel"], "body": "已同意", "author_id": leader}
        author = saved(person, "mail.message", forged, "author_id")["author_id"]
        assert author == aim["partners"][role], role
        post = {"body": "已同意", "message_type": "comment", "author_id": leader}
        posted = {"thread_model": "discuss.channel", "thread_id": aim["channel"], "post_data": post}
        (message,) = person.ask("/mail/message/post", **posted)["store_data"]["mail.message"]
        assert message["author_id"] == aim["partners"][role], role


def test_nobody_writes_templates_or_buttons_or_jobs(people, aim):
    code = "<p t-out=\"object.sudo().env['ir.config_parameter'].get_param('database.secret')\"/>"
    for model, values in (
        ("mail.template", {"name": "x", "body_html": code}),
        ("ir.embedded.actions", {"name": "x", "parent_res_model": "bphs.institution", "python_method": "unlink"}),
        ("ir.cron", {"name": "x", "code": "1"}),
        ("ir.actions.server", {"name": "x", "state": "code", "code": "1"}),
        ("ir.ui.view", {"name": "x", "arch": "<form/>"}),
        ("base_import.import", {"res_model": "bphs.division"}),
        ("base_import.mapping", {"res_model": "res.users", "column_name": "name", "field_name": "group_ids"}),
        ("report.layout", {"name": "x"}),
        ("mail.guest", {"name": aim["leader"]["name"]}),
        ("res.users.apikeys", {"name": "x", "user_id": aim["leader"]["user"]}),
        ("res.users.role", {"name": "x"}),
    ):
        broken = opened(people, lambda person, _role, m=model, v=values: person.call(m, "create", [v]))
        assert not broken, (model, broken)


def test_roles_of_others_are_for_administrators(people, aim):
    for role, person in people.items():
        if role in ("administrator", "leader"):
            continue
        for field in ("group_ids", "all_group_ids", "role", "role_line_ids", "bphs_institution_ids"):
            outcome = Outcome.of(person.call, "res.users", "read", [aim["leader"]["user"]], [field])
            assert outcome.letter == NO_RIGHT, f"{role}, {field}: {outcome}"


# === NUMBERS === #


def test_no_domain_finds_anybody_by_a_number(people, aim):
    file = aim["file"]
    for value in (file["number"], file["number"][-4:], file["phone"], f"{file['name']} {file['number']}"):
        for model, field in (
            ("bphs.resident", "display_name"), ("bphs.resident", "id_number"), ("bphs.resident", "id_masked"),
            ("bphs.resident", "phone"), ("bphs.resident", "id_index"), ("bphs.household", "member_ids"),
            ("bphs.resident.group", "resident_id"), ("bphs.resident.move", "resident_id"),
        ):  # fmt: skip
            for role in aim["readers"]:
                for domain in ([[field, "ilike", value]], ["|", [field, "=", value], ["id", "=", -1]]):
                    try:
                        assert people[role].call(model, "search_count", domain) == 0, (role, model, field)
                    except CallError as refusal:
                        assert Outcome.of(_again(refusal)).letter != BROKEN, (role, model, field, refusal)


def _again(refusal):
    def call():
        raise refusal

    return call


def test_no_rows_ask_for_numbers_uncounted(people, aim):
    rows = [["甲", aim["file"]["number"]]]
    asked = opened(people, lambda person, _role: person.call("bphs.resident", "load", ["name", "id_number"], rows))
    assert not asked


def test_no_answer_holds_a_number(people, aim):
    file = aim["file"]
    shown = {"name": {}, "id_number": {}, "id_masked": {}, "phone": {}, "phone_masked": {}, "birth_date": {}}
    seen = 0
    for role in aim["readers"]:
        person = people[role]
        texts = [json.dumps(person.call("bphs.resident", "search_page", file["name"]))]
        for ask in (
            lambda person=person: person.call("bphs.resident", "web_read", [file["id"]], shown),
            lambda person=person: person.call("bphs.resident", "search_number", f"{file['name']} {file['number']}"),
        ):
            try:
                texts.append(json.dumps(ask()))
            except CallError as refusal:
                texts.append(refusal.message)
        for text in texts:
            text = text.replace(file["ehr_number"], "")
            seen += file["number"][:3] in text
            assert file["number"][-4:] not in text and file["phone"] not in text, (role, text)
    assert seen, "somebody sees the file"


def test_who_must_search_finds_nobody_by_counting_up(people, aim):
    assert aim["searchers"], "the county has such people"
    for role in aim["searchers"]:
        if role not in aim["readers"]:
            continue
        file = aim["file"]
        for query in (file["initials"], file["initials"][:2], file["name"][:1]):
            assert not people[role].call("bphs.resident", "search_page", query)["rows"], (role, query)
        for number in aim["runs"]:
            for query in (number, number[:-1], f"{number} {aim['file']['name']}"):
                assert not people[role].call("bphs.resident", "search_page", query)["rows"], (role, query)
        for reason in (".", "。。", "11", "aa", "随"):
            outcome = Outcome.of(people[role].call, "bphs.resident", "action_open", [aim["file"]["id"]], reason)
            assert outcome.letter not in (DONE, BROKEN), (role, reason, outcome)


# === GAPS === #


def test_what_is_hidden_is_as_what_is_not_there(people, aim):
    for role, person in people.items():
        if role in aim["named"]:
            continue
        for method, arguments in (
            ("read", [["name"]]), ("web_read", [{"name": {}}]), ("action_open", ["核对情况"]), ("timeline", []),
            ("action_unmask", ["phone", "核对情况"]), ("write", [{"phone": "13800000000"}]), ("get_metadata", []),
        ):  # fmt: skip
            answers = [
                Outcome.of(person.call, "bphs.resident", method, [one], *arguments).without(one)
                for one in (aim["hidden"][0], aim["absent"][0])
            ]
            assert answers[0] == answers[1], (role, method)
            assert answers[0].letter != DONE or method == "get_metadata", (role, method)


def test_no_household_is_empty_because_somebody_is_hidden(people, aim):
    assert aim["hidden_homes"], "the county has such households"
    for role in set(aim["readers"]) - set(aim["named"]):
        homes = people[role].call("bphs.household", "search_read", [], ["member_count", "member_ids"])
        assert not {home["id"] for home in homes} & set(aim["hidden_homes"]), role


def test_figures_are_those_of_the_list_one_sees(people, aim):
    for role in set(aim["readers"]) - set(aim["named"]) - set(aim["searchers"]):
        person = people[role]
        divisions = person.call("bphs.resident", "pyramid_divisions")
        for division in [one["id"] for one in divisions][:2]:
            told = [person.call("bphs.resident", "pyramid", division, whole=whole) for whole in (True, False)]
            assert told[0] == told[1] and not told[0]["whole"], role


# === HOSTILE VALUES === #

HUGE = 2**70
NO_RECORDS = ([HUGE], [2**31 - 1], [-1], [0], 0, [], ["x"], "x", [None])


def test_what_is_no_record_is_refused_in_words(people, facts):
    broken = []
    person = people["administrator"]
    for method in facts["methods"]:
        said = words(method, facts["values"])
        for ids in NO_RECORDS if method["on_records"] else ():
            outcome = Outcome.of(person.call, method["model"], method["method"], ids, **said)
            # Nothing, and an id that could be one, are what a method may be called with.
            if outcome.letter == BROKEN or (ids not in ([], [2**31 - 1]) and outcome.letter != REFUSED):
                broken.append(f"{method['model']}.{method['method']} of {ids}: {outcome}")
    assert not broken, "\n".join(broken)


def test_what_no_client_sets_is_refused_in_words(people, aim):
    """The code of a printed form, by each of Odoo's own ways to write; that of its columns within it."""
    person, template = people["administrator"], aim["template"]
    for method, *arguments in (
        ("write", [template["id"]], {"code": "S99"}),
        ("web_save", [template["id"]], {"code": "S99"}, {}),
        ("write", [template["id"]], {"column_ids": [[1, template["column"], {"key": "other"}]]}),
        # Odoo looks at the first three words of a line, however many follow.
        ("write", [template["id"]], {"column_ids": [[1, template["column"], {"key": "other"}, 0]]}),
        ("write", [template["id"]], {"column_ids": [[1, str(template["column"]), {"key": "other"}]]}),
        ("copy", [template["id"]], {"code": "S99"}),
        ("create", [{"code": "S99", "name": "x"}]),
    ):
        outcome = Outcome.of(person.call, "bphs.print.template", method, *arguments)
        assert outcome.letter == REFUSED and outcome.words, (method, outcome)


def test_huge_numbers_are_refused_in_words(people, facts):
    """Of every parameter that is a number: the rest of what is said is well."""
    broken = []
    for method in facts["methods"]:
        for name in method["takes"]:
            if not name.endswith("_id") and name not in ("amount", "limit", "offset", "number", "year"):
                continue
            said = words(method, facts["values"]) | {name: HUGE}
            for role in ("administrator", "finance_officer", "village_doctor"):
                inside = facts["records"][method["model"]][role][0][:1]
                for one in [[record] for record in inside] if method["on_records"] else [[]]:
                    outcome = Outcome.of(
                        people[role].call, method["model"], method["method"], *filter(None, [one]), **said
                    )
                    if outcome.letter == BROKEN:
                        broken.append(f"{method['model']}.{method['method']}({name}), {role}: {outcome.words}")
    assert not broken, "\n".join(broken)


@pytest.mark.parametrize(
    "domain",
    [
        [["id", "=", HUGE]],
        [["id", "in", [HUGE, "x"]]],
        [["nonsense", "=", 1]],
        [["create_date", ">", "x"]],
        ["&"],
        [[]],
    ],
    ids=str,
)
def test_a_filter_that_is_none_is_refused_in_words(people, aim, domain):
    broken = []
    for model in aim["models"]:
        outcome = Outcome.of(people["administrator"].call, model, "search_count", domain)
        if outcome.letter == BROKEN:
            broken.append(f"{model}: {outcome.words}")
    assert not broken, "\n".join(broken)
