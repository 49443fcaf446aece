"""Who and what is attacked: asked, and prepared, in `odoo shell` on the demo county (see conftest.py)."""

from odoo.addons.bphs_base.tests.stored_defaults import store_default
from odoo.addons.bphs_resident.tools.pinyin import initials_of

# What steps or roles alone set: of each, a person who gained by a default of their own stored for it.
PLANTED = {
    "finance_officer": ("bphs.population", "state", "approved"),
    "rectification_clerk": ("bphs.supervision.letter", "state", "issued"),
    "village_doctor": ("bphs.resident.export", "state", "ready"),
}


def make(env, people):
    """Store the defaults, as somebody might have before; and tell what to aim at."""
    for role, (model, field, value) in PLANTED.items():
        store_default(env, model, field, value, people[role])
    editors = env.ref("mail.group_mail_template_editor")
    store_default(env, "res.users", "group_ids", editors.ids, people["administrator"])
    hidden = env["bphs.resident"].search([("restricted", "=", True)], order="id")
    leader = people["leader"]
    return {
        "leader": {"user": leader.id, "partner": leader.partner_id.id, "name": leader.name},
        "users": {role: user.id for role, user in people.items()},
        "partners": {role: user.partner_id.id for role, user in people.items()},
        "editors": editors.id,
        "named": [role for role, user in people.items() if user.has_group("bphs_resident.group_sensitive")],
        "readers": [role for role, user in people.items() if user.has_group("bphs_resident.group_reader")],
        "searchers": [role for role, user in people.items() if user.bphs_must_search],
        "jobs": env["ir.cron"].with_context(active_test=False).search([]).ir_actions_server_id.ids,
        "division": env["bphs.division"].search([("level", "=", "county")], limit=1).id,
        "channel": env.ref("mail.channel_all_employees").id,
        "file": _file(env, people["village_doctor"]),
        "template": _template(env),
        "hidden": hidden.ids,
        "absent": [hidden[-1].id + 10_000_019 + at for at in range(len(hidden))],
        "hidden_homes": _hidden_homes(env),
        "runs": _runs(env),
        **_naming(env, people),
        "register": env["ir.model"]._get("bphs.resident").id,
        "activities": {role: _activity(env, user) for role, user in people.items()},
        **_lines(env),
        "models": [
            name
            for name, model in sorted(env.registry.items())
            if name.startswith("bphs.") and not model._abstract and not name.startswith("bphs.test.")
        ],
    }


def _file(env, doctor):
    """A file with an ID number and a telephone that this doctor sees."""
    seen = env["bphs.resident"].with_user(doctor).search([("birth_date", "<", "1990-01-01")], order="id").sudo()
    numbers, phones = dict(seen._opened("id", "id_cipher")), dict(seen._opened("phone", "phone_cipher"))
    file = next(one for one in seen if numbers.get(one) and phones.get(one))
    return {
        "id": file.id,
        "name": file.name,
        "number": numbers[file],
        "phone": phones[file],
        "ehr_number": file.ehr_number,
        "initials": initials_of(file.name),
    }


def _activity(env, user):
    """One of somebody's own, about nothing yet."""
    return env["mail.activity"].with_context(mail_activity_quick_update=True).create({"user_id": user.id}).id


def _template(env):
    """A printed form of which columns are renamed."""
    column = env["bphs.print.column"].search([], order="id", limit=1)
    return {"id": column.template_id.id, "column": column.id}


# Who fills in forms, some of which name what they do not see; and of how many records one such is looked for.
FILLING_IN = ("village_doctor", "township_director", "evaluator")
LOOKED_AT = 500
# Where a form of the platform shows the name of what it is about.
SHOWING = ("display_name", "res_name", "record_name", "subject", "reference", "complete_name")


def _naming(env, people):
    """Where a form names a record that is hidden from somebody, by whichever kind of field, and such records.

    `naming`: [model, field, "" or what stands beside it, model of the record]; `told`: model -> what shows its name;
    `unseen`: model -> role -> one they do not see and one that is none.
    """
    hiding = [name for name, model in sorted(env.registry.items()) if model._hides_rows and not model._abstract]
    unseen = {name: {} for name in hiding}
    for name in hiding:
        ids = env[name].with_context(active_test=False).search([], order="id desc", limit=LOOKED_AT).ids
        for role in FILLING_IN:
            own = env[name].with_user(people[role]).with_context(active_test=False)
            seen = set(own.search([("id", "in", ids)]).ids) if own.has_access("read") else set()
            if one := next((one for one in ids if one not in seen), None):
                unseen[name][role] = (one, ids[0] + 10_000_019)
    naming, told = [], {}
    for name, model in sorted(env.registry.items()):
        if model._abstract:
            continue
        for field in model._fields.values():
            if field.type == "many2one" and field.comodel_name in hiding:
                naming.append([name, field.name, "", field.comodel_name])
            elif field.type == "many2one_reference":
                naming.append([name, field.name, field.model_field, "bphs.resident"])
            elif field.type == "reference":
                naming.append([name, field.name, "reference", "bphs.resident"])
            elif field.name == "res_ids":
                beside = "model" if "model" in model._fields else "res_model"
                naming.append([name, field.name, beside, "bphs.resident"])
        told[name] = [one for one in SHOWING if one in model._fields]
    told = {name: told[name] for name, *__ in naming}
    return {"naming": naming, "unseen": unseen, "told": told, "filling_in": FILLING_IN}


def _lines(env):
    """`lines`: [model, field, model of the lines] of whatever has lines of which a rule hides some; `latest`: model of
    the suite -> ids of some of its records, the last first.
    """
    ours = [
        name
        for name, model in sorted(env.registry.items())
        if name.startswith("bphs.") and model._auto and not model._abstract and not model._transient
    ]
    lines = [
        (name, field.name, field.comodel_name)
        for name in ours
        for field in env[name]._fields.values()
        if field.type in ("one2many", "many2many") and field.store and not field.groups
        and env[field.comodel_name]._hides_rows
    ]  # fmt: skip
    every = {name: env[name].with_context(active_test=False) for name in ours if not name.startswith("bphs.test.")}
    latest = {name: model.search([], order="id desc", limit=LOOKED_AT).ids for name, model in every.items()}
    return {"lines": [line for line in lines if line[0] in latest], "latest": latest}


def _hidden_homes(env):
    """Households in which everybody is hidden from whoever is no named person."""
    homes = env["bphs.household"].search([])
    return homes.filtered(lambda home: home.member_ids and all(home.member_ids.mapped("restricted"))).ids


def _runs(env):
    """Numbers of files and households that ran on in the roll, as far as somebody would count up."""
    homes = env["bphs.household"].search([], order="number", limit=20).mapped("number")
    files = env["bphs.resident"].search([], order="ehr_number", limit=20).mapped("ehr_number")
    return homes + files
