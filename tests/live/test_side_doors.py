"""The platform's side doors, over JSON-2, as every role: each was open once, some to the system's rights."""

import json
from itertools import product

import pytest

from tests.live_server import CallError

ROLES = (
    "administrator", "finance_officer", "primary_care_officer", "deputy_leader", "leader", "rectification_clerk",
    "county_specialist", "evaluator", "finance_bureau", "auditor", "township_director_a", "township_public_health_a",
    "township_accountant_a", "team_leader_a", "village_doctor_a1",
)  # fmt: skip


@pytest.fixture
def refused(do):
    """`refused(person, model, method, ids, ...)`: the refusal of a call that must not succeed, in words."""

    def call(*args, **kwargs):
        with pytest.raises(CallError) as refusal:
            do(*args, **kwargs)
        assert 400 <= refusal.value.status < 500, (args, str(refusal.value))
        return refusal.value.message

    return call


@pytest.fixture
def user_of(county, rows):
    def find(person):
        return rows("SELECT id, partner_id FROM res_users WHERE login = %s", f"{person}@{county.number}")[0]

    return find


def tried(do, *args, **kwargs):
    """The answer, or None where it is refused; a fault of the server is none."""
    try:
        return do(*args, **kwargs)
    except CallError as refusal:
        assert refusal.status < 500, (args, str(refusal))
        return None


# === DEFAULTS === #

FORGED = (
    ("res.users", "group_ids", [[6, 0, [1]]]), ("res.users", "role_line_ids", [[0, 0, {"role_id": 1}]]),
    ("res.users", "bphs_institution_ids", [[6, 0, [1]]]), ("res.users", "password", "known to me"),
    ("bphs.fund.notice", "state", "closed"), ("bphs.fund.notice", "result", "no_objection"),
    ("bphs.fund.notice", "published_by_id", 1), ("bphs.fund.notice", "closed_by_id", 1),
    ("bphs.fund.payment", "number", "2025-001"), ("bphs.fund.receipt", "state", "confirmed"),
    ("bphs.population", "state", "approved"), ("bphs.population", "approved_by_id", 1),
    ("bphs.rectification", "state", "closed"), ("bphs.supervision.letter", "state", "issued"),
    ("bphs.lookback", "state", "drawn"), ("bphs.resident.export", "state", "ready"),
    ("bphs.workload", "state", "verified"), ("bphs.fund.plan", "state", "confirmed"),
)  # fmt: skip


@pytest.mark.parametrize("role", ROLES)
def test_nobody_stores_a_default_of_what_no_client_sets(do, rows, role):
    before = rows("SELECT count(*) FROM ir_default")
    for model, field, value in FORGED:
        assert tried(do, role, "ir.default", "set", model_name=model, field_name=field, value=value) is None, field
        found = rows("SELECT id FROM ir_model_fields WHERE model = %s AND name = %s", model, field)
        for (field_id,) in found:
            values = {"field_id": field_id, "json_value": json.dumps(value)}
            assert tried(do, role, "ir.default", "create", vals_list=[values]) is None, (model, field)
    assert rows("SELECT count(*) FROM ir_default") == before


def test_a_default_that_stands_already_makes_nothing(server, do, county, rows, user_of):
    """As one stored before the door was shut: it is there, and counts for nothing."""
    uid, _partner = user_of("finance_officer")
    for model, field, value in (("bphs.population", "state", "approved"), ("bphs.population", "approved_by_id", uid)):
        rows(
            "WITH made AS (INSERT INTO ir_default (field_id, user_id, json_value)"
            " SELECT id, %s, %s FROM ir_model_fields WHERE model = %s AND name = %s RETURNING 1)"
            " SELECT count(*) FROM made",
            uid, json.dumps(value), model, field,
        )  # fmt: skip
    division = rows("SELECT division_id FROM bphs_institution WHERE id = %s", county.bureau)[0][0]
    values = {"name": "常住人口", "basis": "permanent", "division_id": division, "number": 271000, "source": "统计局"}
    for context in ({}, {"default_state": "approved", "default_approved_by_id": uid}):
        made = server.call(
            f"finance_officer@{county.number}", "bphs.population", "create", vals_list=[values],
            context={"lang": "zh_CN", **context},
        )[0]  # fmt: skip
        assert rows("SELECT state, approved_by_id FROM bphs_population WHERE id = %s", made) == [("draft", None)]
        do("finance_officer", "bphs.population", "unlink", made)
    rows("WITH gone AS (DELETE FROM ir_default WHERE user_id = %s RETURNING 1) SELECT count(*) FROM gone", uid)


# === WHO EDITS TEMPLATES, WHO RUNS ACTIONS === #


@pytest.mark.parametrize("role", ROLES)
def test_nobody_writes_what_runs_with_every_right(do, rows, role, user_of):
    uid, _partner = user_of(role)
    editor = rows(
        "SELECT count(*) FROM res_groups_users_rel rel JOIN ir_model_data data ON data.model = 'res.groups'"
        " AND data.res_id = rel.gid WHERE rel.uid = %s AND data.name = 'group_mail_template_editor'",
        uid,
    )
    assert editor == [(0,)]
    code = "{{ object.sudo().env['res.users'].browse(2).login }}"
    model = rows("SELECT id FROM ir_model WHERE model = 'res.partner'")[0][0]
    template = {"name": "x", "model_id": model, "subject": code, "body_html": f"<t t-out='{code}'/>"}
    assert tried(do, role, "mail.template", "create", vals_list=[template]) is None
    for (found,) in rows("SELECT id FROM mail_template ORDER BY id LIMIT 2"):
        assert tried(do, role, "mail.template", "write", found, vals={"subject": code}) is None
    for values in ({"name": "x", "model_id": model, "state": "code", "code": "env.user.sudo().write({})"},):
        assert tried(do, role, "ir.actions.server", "create", vals_list=[values]) is None
        assert tried(do, role, "ir.cron", "create", vals_list=[values]) is None
    assert tried(do, role, "ir.ui.view", "create", vals_list=[{"type": "qweb", "arch": "<t/>", "name": "x"}]) is None


@pytest.mark.parametrize("role", ROLES)
def test_nobody_runs_the_code_of_scheduled_jobs(do, rows, role):
    jobs = rows("SELECT ir_actions_server_id, id FROM ir_cron")
    assert len(jobs) > 10
    for action, job in jobs:
        assert tried(do, role, "ir.actions.server", "run", action) is None, (role, action)
        assert tried(do, role, "ir.cron", "method_direct_trigger", job) is None, (role, job)


# === FILTERS === #


@pytest.mark.parametrize("role", ROLES)
def test_a_filter_is_its_makers_own(do, rows, role, user_of):
    uid, _partner = user_of(role)
    leader, _partner = user_of("leader")
    before = rows("SELECT max(id) FROM ir_filters")[0][0] or 0
    for number, (users, default) in enumerate(
        product(({}, {"user_ids": []}, {"user_ids": [[6, 0, [leader]]]}), (1, 0))
    ):
        values = {"name": f"{role} {number}", "model_id": "bphs.workload", "domain": "[]", "is_default": bool(default)}
        tried(do, role, "ir.filters", "create", vals_list=[{**values, **users}])
        tried(do, role, "ir.filters", "create_or_replace", vals={**values, **users, "name": f"{role} r{number}"})
    made = rows(
        "SELECT stored.id, array_agg(rel.res_users_id) FROM ir_filters stored"
        " LEFT JOIN ir_filters_res_users_rel rel ON rel.ir_filters_id = stored.id WHERE stored.id > %s GROUP BY 1",
        before,
    )
    assert all(users == [uid] for _id, users in made), made
    for one, _users in made:
        assert tried(do, role, "ir.filters", "write", one, vals={"user_ids": [[5]]}) is None
        do(role, "ir.filters", "unlink", one)


# === WORDS IN ANOTHER'S NAME === #


@pytest.mark.parametrize("role", ["rectification_clerk", "county_specialist", "village_doctor_a1", "auditor"])
def test_nobody_speaks_in_the_leaders_name(do, rows, role, user_of):
    _uid, mine = user_of(role)
    leader_user, leader = user_of("leader")
    before = rows("SELECT max(id) FROM mail_message")[0][0] or 0
    forged = {"author_id": leader, "email_from": "leader@example.com"}
    channel = tried(do, role, "discuss.channel", "create", vals_list=[{"name": "x", "channel_type": "channel"}])
    targets = [("res.partner", mine)] + ([("discuss.channel", channel[0])] if channel else [])
    for model, record in targets:
        tried(do, role, model, "message_post", record, body="x", message_type="comment", **forged)
        tried(do, role, model, "message_notify", record, body="x", partner_ids=[mine], **forged)
        message = {"model": model, "res_id": record, "body": "x", "message_type": "comment", **forged}
        tried(do, role, "mail.message", "create", vals_list=[message, {**message, "create_uid": leader_user}])
        for (found,) in rows("SELECT id FROM mail_message WHERE id > %s", before):
            tried(do, role, "mail.message", "write", found, vals=forged)
    said = rows("SELECT id, author_id, email_from FROM mail_message WHERE id > %s", before)
    assert said
    wrong = [one for one in said if one[1] == leader or (one[2] or "").startswith("leader@example")]
    assert not wrong, wrong


# === ROLES OF OTHERS === #


@pytest.mark.parametrize("role", [role for role in ROLES if role != "administrator"])
def test_the_rights_of_others_are_nobodys_to_read(do, role, user_of):
    leader, _partner = user_of("leader")
    me, _partner = user_of(role)
    for name in ("group_ids", "all_group_ids", "role_line_ids", "role_ids", "bphs_institution_ids", "user_role_ids"):
        if role == "leader":
            continue
        read = tried(do, role, "res.users", "read", leader, fields=[name])
        assert not read or not read[0].get(name), (name, read)
        read = tried(do, role, "res.users", "web_read", leader, specification={name: {"fields": {"display_name": {}}}})
        assert not read or not read[0].get(name), (name, read)
        for domain in ([["id", "=", leader], [name, "!=", False]], [[f"{name}.id", ">", 0], ["id", "=", leader]]):
            assert not tried(do, role, "res.users", "search_count", domain=domain), domain
        assert not tried(do, role, "res.partner", "search_count", domain=[[f"user_ids.{name}", "!=", False]])
        assert not tried(
            do, role, "res.users", "formatted_read_group", domain=[], groupby=[name], aggregates=["__count"]
        )
    for name in ("user_ids", "all_user_ids"):
        groups = tried(do, role, "res.groups", "search_read", domain=[], fields=[name]) or []
        assert not any(leader in group.get(name, ()) for group in groups if role != "leader"), name
    if role != "leader":
        asked = tried(do, role, "res.users", "has_group", leader, group_ext_id="bphs_base.group_leader")
        assert not asked
    assert do(role, "res.users", "read", me, fields=["login"])


# === NUMBERS === #


@pytest.mark.parametrize("role", ROLES)
def test_nobody_draws_the_numbers_of_documents(do, rows, role):
    """Each drawn by hand would be a gap in numbers that have none, and keep the next document from its own."""
    state = "SELECT (SELECT array_agg(number_next ORDER BY id) FROM ir_sequence WHERE code LIKE 'bphs.%%'),"
    state += " (SELECT array_agg(number_next ORDER BY id) FROM ir_sequence_date_range)"
    before = rows(state)
    for number, code in rows("SELECT id, code FROM ir_sequence WHERE code LIKE 'bphs.%%'"):
        assert tried(do, role, "ir.sequence", "next_by_code", sequence_code=code) is None, code
        assert tried(do, role, "ir.sequence", "next_by_id", number) is None, code
    assert rows(state) == before
