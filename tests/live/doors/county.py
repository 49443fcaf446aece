"""What can be called, and with which records: asked in `odoo shell` on the demo county (see sweep.py)."""

import inspect

from odoo import Command, fields

from odoo.addons.bphs_base.tests.common import ROLES

OURS = "odoo.addons.bphs_"
# A township with files of residents, and a person of each of its roles.
TOWNSHIP = ".beicheng"
NOBODY = "nobody"
# Of a model, so many records in different states are tried.
STATES = 3


def make(env, aim):
    """Make one user without a role and everybody's dialogs, and tell what sweep and attacks have to know.

    :param aim: makes the targets of the attacks
    """
    people = _people(env)
    targets = aim(env, people)
    _befell(env, people["village_doctor"], targets["file"]["id"])
    methods = list(_methods(env))
    records = {name: _records(env, name, people) for name in sorted({method["model"] for method in methods})}
    env.cr.commit()
    return {
        "people": {key: user.login for key, user in people.items()},
        "password": env["ir.config_parameter"].get_param("bphs_demo.password"),
        "methods": methods,
        "records": records,
        "values": _values(env),
        "targets": targets,
    }


def _people(env):
    """:return dict: role -> one of its users; the one without a role last"""
    users = env["res.users"].search([("role_line_ids", "!=", False)], order="id")
    people = {}
    for role in ROLES:
        group = env.ref(f"bphs_base.group_{role}")
        holders = users.filtered(lambda user, group=group: group in user.role_line_ids.role_id.implied_ids)
        near = holders.filtered(lambda user: user.login.endswith(TOWNSHIP))
        people[role] = (near or holders)[0]
    password = env["ir.config_parameter"].get_param("bphs_demo.password")
    nobody = env["res.users"].search([("login", "=", NOBODY)])
    people[NOBODY] = nobody or env["res.users"].create({"name": "无角色", "login": NOBODY, "password": password})
    people[NOBODY].bphs_institution_ids = [Command.set(people["leader"].bphs_institution_ids.ids)]
    return people


def _befell(env, doctor, resident):
    """What no clinic of the county is sure to have: an illness and a circumstance the doctor wrote down."""
    told = {"resident_id": resident, "date_from": fields.Date.today()}
    env["bphs.condition"].with_user(doctor).create({**told, "kind": "chd"})
    env["bphs.social.fact"].with_user(doctor).create({**told, "kind": "no_carer"})


def _methods(env):
    """Every public method that a module of ours brings into being, on every model that has it; Odoo's own, which ours
    only guard, are for the table of rights on models.
    """
    for name, model in sorted(env.registry.items()):
        if name.startswith("bphs.test."):
            continue
        for method in sorted(set(dir(model))):
            owners = [owner for owner in model.mro() if method in vars(owner)]
            if not owners or not owners[-1].__module__.startswith(OURS) or not _is_open(model, method, owners):
                continue
            function = getattr(model, method)
            if model._abstract and not hasattr(function, "_api_model"):
                continue  # there are no records of it
            wanted = [
                (parameter.name, parameter.default is parameter.empty)
                for parameter in list(inspect.signature(function).parameters.values())[1:]
                if parameter.kind in (parameter.POSITIONAL_OR_KEYWORD, parameter.KEYWORD_ONLY)
            ]
            yield {
                "model": name,
                "method": method,
                "on_records": not hasattr(function, "_api_model"),
                "needs": [parameter for parameter, needed in wanted if needed],
                "takes": [parameter for parameter, __ in wanted],
            }


def _is_open(model, method, owners):
    """Whether a client may call it, as Odoo decides that."""
    return (
        not method.startswith("_")
        and callable(getattr(model, method))
        and not any(getattr(vars(owner)[method], "_api_private", False) for owner in owners)
    )


def _records(env, name, people):
    """:return dict: role -> ids of records that this person sees, and of some they do not see; in different states"""
    if env[name]._abstract:
        return {key: [[], []] for key in people}
    if env[name]._transient:
        made = {key: _dialog(env, name, user) for key, user in people.items()}
        ring = [*made][1:] + [*made][:1]
        return {key: [made[key], made[ring[place]]] for place, key in enumerate(made)}
    every = _by_state(env[name].sudo().with_context(active_test=False).search([], order="id"))
    answer = {}
    for key, user in people.items():
        model = env[name].with_user(user).with_context(active_test=False)
        seen = set(model.search([], order="id").ids) if model.has_access("read") else set()
        inside = [next((i for i in ids if i in seen), None) for ids in every]
        outside = [next((i for i in ids if i not in seen), None) for ids in every]
        answer[key] = [[i for i in inside if i][:STATES], [i for i in outside if i][:1]]
    return answer


def _by_state(records):
    """:return list: ids of the records of each state, those of the rarest first"""
    names = [name for name in ("state", "approval_state", "status", "kind") if name in records._fields]
    stored = [name for name in names if records._fields[name].store]
    if not stored:
        return [records.ids]
    return sorted((group.ids for group in records.grouped(stored[0]).values()), key=len)


def _dialog(env, name, user):
    """:return list: the id of a dialog of this person's, with whatever it cannot be without; or none"""
    own = env[name].with_user(user).sudo()  # sudo: whoever may not open it is to be refused by what it does
    try:
        with env.cr.savepoint():
            values = own.default_get(list(own._fields))
            for field in own._fields.values():
                if field.required and field.store and not values.get(field.name):
                    values[field.name] = _any_value(own, field, user)
            dialog = own.create(values)
            env.flush_all()
            return dialog.ids
    except Exception:  # a dialog that needs more than this is called as somebody else's alone
        return []


def _any_value(model, field, user):
    if isinstance(field, fields.Many2one):
        records = model.env[field.comodel_name]
        own = records.with_user(user)
        seen = own.search([], limit=1) if own.has_access("read") else own
        return (seen or records.sudo().search([], limit=1)).id
    if isinstance(field, fields.Selection):
        return field.get_values(model.env)[0]
    return {"date": fields.Date.today(), "char": "核对", "text": "核对", "integer": 1, "monetary": 1}.get(field.type)


def _values(env):
    """What is said for a parameter of this name, where a method has to be told."""
    return {
        "reason": "核对情况", "comment": "核对情况", "note": "核对情况", "text": "核对情况", "answer": "核对情况",
        "voucher": "凭证 1 号", "result": "passed", "field": "phone", "query": "张", "amount": 1.0, "step": "found",
        "date": str(fields.Date.today()), "kind": "record", "rows": [{}], "number": "试卫字〔2026〕9号",
        # Later than any there is: on which day the table is tried does not decide what is refused.
        "deadline": str(fields.Date.add(fields.Date.today(), years=2)),
        "division_id": env["bphs.division"].search([("level", "=", "county")], limit=1).id,
    }  # fmt: skip
