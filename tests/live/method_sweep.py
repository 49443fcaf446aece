"""Calls every public method of the suite's modules as every role: run in `odoo shell` (see test_methods.py).

In one process, through Odoo's own door (`call_kw`), so that what is public is judged as the server judges it; each
call ends in its savepoint. The outcome is a word: `done`, `refused` (a right is missing, or there is no such record),
`told` (a UserError: the state of the document, a missing reason), or the crash itself.
"""

import base64
import inspect
import logging
import time

from psycopg2 import DataError

from odoo.exceptions import AccessError, MissingError, UserError
from odoo.service.model import call_kw, get_public_method

OURS = "odoo.addons.bphs_"
# The platform's own verbs: what they may do is held by the tables of rights (readme/RIGHTS.md), model by model.
PLATFORM = {
    "create", "write", "unlink", "copy", "copy_data", "read", "search_read", "web_read", "web_search_read",
    "web_read_group", "web_name_search", "default_get", "onchange", "init", "web_save",
}  # fmt: skip
# What any parameter of this name is given; the rest by its kind.
WORDS = {
    "reason": "核查工作需要", "comment": "同意", "text": "已电话提醒", "note": "已电话提醒", "answer": "已核实",
    "voucher": "记-1", "date": "2025-12-02", "result": "no_objection", "amount": 1.0, "query": "张三丰",
    "field": "phone", "force": True, "fields": ["display_name"], "values": {}, "seen": None,
}  # fmt: skip
UNKNOWN = 987654321
# What a stranger puts where an id belongs.
HOSTILE = (2**40, "x'; --", [1], {"a": 1}, 1.5)


def methods(registry):
    """[(model, method, function)] of all that our modules define under a public name, mixins left to who inherits."""
    found = []
    for name, model in sorted(registry.items()):
        if name.startswith("bphs.test.") or (model._abstract and not name.startswith("bphs.")):
            continue
        seen = {}
        for cls in model.mro():
            if cls.__module__.startswith(OURS):
                for attribute, function in vars(cls).items():
                    if not attribute.startswith("_") and inspect.isfunction(function) and attribute not in PLATFORM:
                        seen.setdefault(attribute, function)
        found += [(name, attribute, function) for attribute, function in sorted(seen.items())]
    return found


class Sweep:
    def __init__(self, env, people):
        self.env = env
        self.people = people
        self.kept = {}

    # --- Records ----------------------------------------------------------------------------------
    def inside(self, model, user):
        """Records this person sees, of two states; a dialog is made."""
        key = (model._name, user.id)
        if key not in self.kept:
            if model._abstract:
                self.kept[key] = [[1]]
            elif model._transient:
                self.kept[key] = [self.dialog(model, user)]
            else:
                self.kept[key] = self.one_of_each_state(model.with_user(user))
        return self.kept[key]

    def outside(self, model, user):
        """A record that exists and that this person does not see; nothing where they see all."""
        key = (model._name, user.id, "outside")
        if key not in self.kept:
            found = []
            if model._transient:
                other = next(person for person in self.people.values() if person != user)
                found = self.dialog(model, other)
            elif not model._abstract:
                seen = set(
                    self.tried(lambda: model.with_user(user).with_context(active_test=False).search([]).ids) or ()
                )
                found = [one for one in model.sudo().with_context(active_test=False).search([]).ids if one not in seen]
            self.kept[key] = found[-1:]
        return self.kept[key]

    def one_of_each_state(self, model):
        state = next((name for name in ("approval_state", "state", "kind") if name in model._fields), None)
        found = self.tried(lambda: model.search([], limit=80))
        if not found:
            return []
        if not state:
            return [[found[0].id]]
        first = {}
        for record in found:
            first.setdefault(self.tried(lambda record=record: record.sudo()[state]), record.id)
        return [[one] for one in list(first.values())[:2]]

    def dialog(self, model, user):
        """The id of a dialog as this person may open it, its required fields filled."""
        dialogs = model.with_user(user)
        values = {}
        for name, field in model._fields.items():
            if field.required and field.store and not field.compute and not field.related and name != "id":
                value = self.plain_value(field, user)
                if value is not None:
                    values[name] = value
        if "reason" in model._fields:
            values["reason"] = WORDS["reason"]
        made = self.tried(lambda: dialogs.create(values).ids)
        return made or []

    def plain_value(self, field, user):
        if field.type == "many2one":
            found = self.tried(lambda: self.env[field.comodel_name].with_user(user).search([], limit=1).id)
            return found or None
        if field.type == "selection":
            options = self.tried(lambda: field.get_values(self.env)) or [None]
            return options[0]
        return {
            "char": WORDS["reason"], "text": WORDS["reason"], "integer": 1, "float": 1.0, "monetary": 1.0,
            "date": "2025-12-02", "binary": base64.b64encode(b"x").decode(),
        }.get(field.type)  # fmt: skip

    def tried(self, act):
        """What it gives, or None; nothing of it stays but what it gives."""
        try:
            with self.env.cr.savepoint():
                return act()
        except Exception:
            return None

    # --- Calls ------------------------------------------------------------------------------------
    def arguments(self, function, changes=None):
        given = {}
        for name, parameter in list(inspect.signature(function).parameters.items())[1:]:
            if parameter.kind in (parameter.VAR_POSITIONAL, parameter.VAR_KEYWORD):
                continue
            if parameter.default is parameter.empty or name in ("seen",):
                given[name] = WORDS.get(name, 1 if self.is_id(name) else "核查工作需要")
        return given | (changes or {})

    @staticmethod
    def is_id(name):
        return name.endswith(("_id", "_ids")) or name in ("seen", "division", "ids")

    def call(self, user, model_name, method, ids, arguments):
        """:return: done, refused, told, private, or the crash in words"""
        env = self.env(user=user.id, context={"lang": "zh_CN", "tz": "Asia/Shanghai"}, su=False)
        model = env[model_name]
        savepoint = self.env.cr.savepoint(flush=False)
        try:
            function = get_public_method(model, method)
            places = [] if getattr(function, "_api_model", False) else [ids]
            call_kw(model, method, places, arguments)
            self.env.flush_all()
            return "done"
        except (AccessError, MissingError):
            return "refused"
        except (UserError, DataError):
            # A value the database cannot take is told by `ir.http` (test_hostile_values.py).
            return "told"
        except Exception as crash:
            return f"{type(crash).__name__}: {str(crash)[:160]}"
        finally:
            # What the call left to be written is forgotten with it.
            self.env.transaction.clear()
            savepoint.close(rollback=True)
            self.env.transaction.clear()
            for held in ("precommit", "postcommit", "prerollback", "postrollback"):
                getattr(self.env.cr, held).clear()

    # --- The whole --------------------------------------------------------------------------------
    def run(self, only=None):
        """{model.method: {role: [outcome inside, ..., outcome outside]}} and the seconds of each method."""
        outcomes, seconds = {}, {}
        for model_name, method, function in methods(self.env.registry):
            name = f"{model_name}.{method}"
            if only and not name.startswith(only):
                continue
            began = time.monotonic()
            outcomes[name] = {
                role: self.of_person(user, model_name, method, function) for role, user in self.people.items()
            }
            seconds[name] = round(time.monotonic() - began, 1)
        return outcomes, seconds

    def of_person(self, user, model_name, method, function):
        model = self.env[model_name]
        if getattr(function, "_api_model", False):
            return {"in": [self.call(user, model_name, method, None, self.arguments(function))], "out": []}
        arguments = self.arguments(function)
        within = [self.call(user, model_name, method, ids, arguments) for ids in self.inside(model, user)]
        outside = self.outside(model, user)
        beyond = [self.call(user, model_name, method, outside, arguments)] if outside else []
        return {"in": within, "out": beyond}

    def hostile(self, model_name, method, function):
        """The crashes of ids that nobody has: unknown, beyond the column, no number at all."""
        crashes = []
        for role in ("finance_officer", "team_leader"):
            user = self.people[role]
            for value in (UNKNOWN, 2**40):
                outcome = self.call(user, model_name, method, [value], self.arguments(function))
                if ":" in outcome:
                    crashes.append((role, f"ids=[{value!r}]", outcome))
            within = self.inside(self.env[model_name], user)
            for name in inspect.signature(function).parameters:
                if not self.is_id(name):
                    continue
                for value in HOSTILE:
                    ids = within[0] if within else [UNKNOWN]
                    outcome = self.call(user, model_name, method, ids, self.arguments(function, {name: value}))
                    if ":" in outcome:
                        crashes.append((role, f"{name}={value!r}", outcome))
        return crashes


def people(env):
    """The first person of every role who can sign in, by the key of the role."""
    found = {}
    users = env["res.users"].search([("share", "=", False)], order="id")
    # First those of one role alone: what they may do is what the role may.
    for user in users.sorted(lambda user: len(user.role_line_ids)):
        for line in user.role_line_ids:
            key = (line.role_id.get_external_id().get(line.role_id.id) or "").removeprefix("bphs_base.role_")
            found.setdefault(key, user)
    found.pop("", None)
    return found


def everything(env):
    """What test_methods.py judges."""
    # The log of calls that are meant to be refused is nobody's to read.
    logging.disable(logging.CRITICAL)
    sweep = Sweep(env, people(env))
    outcomes, seconds = sweep.run()
    hostile, found = [], methods(env.registry)
    for model_name, method, function in found:
        if not env[model_name]._abstract:
            hostile += [(f"{model_name}.{method}", *crash) for crash in sweep.hostile(model_name, method, function)]
    return {
        "outcomes": outcomes,
        "hostile": hostile,
        "roles": sorted(sweep.people),
        "slow": sorted(seconds.items(), key=lambda pair: -pair[1])[:10],
        # For calls over HTTP: what each wants, and where its records are.
        "arguments": {f"{model}.{method}": sweep.arguments(function) for model, method, function in found},
        "tables": {
            model: env[model]._table
            for model, _method, _function in found
            if not env[model]._abstract and not env[model]._transient and env[model]._auto
        },
    }
