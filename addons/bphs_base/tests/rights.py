"""Holds a module to the table of rights in its readme, from both sides."""

import re
from contextlib import contextmanager
from pathlib import Path

from odoo.exceptions import AccessError
from odoo.modules.module import get_module_path

from .common import ROLES, CountyCase

OPERATIONS = {"r": "read", "c": "create", "w": "write", "d": "unlink"}
SCOPE_RULE = '[("institution_id","child_of",user.bphs_institution_ids.ids)]'
OWN_RULE = '[("create_uid","=",user.id)]'


class RightsCase(CountyCase):
    """Inherit, set ``rights_module``, tag.

    ``readme/RIGHTS.md`` holds a table whose first column names, in backticks, a model, a field
    (``model.field``) or an action (``model.method``), and whose other columns are the role keys. A
    cell of a model holds letters of ``rcwd`` (read, create, write, delete), of a field ``r`` and
    ``w``, of an action ``✓``; ``·`` is nothing.

    For each action the test gives ``rights_actions[name]``: a function of a key of ``self.user``
    that tries it as that user, and raises AccessError where it is refused; or a pair, of what makes
    the ground all roles try it on, and a function of a key and of what that returned. A step that its
    document's table gives to roles may do without: the roles are read there.
    """

    # Odoo runs inherited tests only where it is told to.
    allow_inherited_tests_method = True
    rights_module = None
    # Models whose rights stand elsewhere, or that tests make.
    rights_elsewhere = ()
    # Models with `institution_id` whose rule is wider than the common one, with the reason in their security file.
    scope_rules = {}

    @property
    def rights_actions(self):
        return {}

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.role_user = {
            role: next(key for key in cls.user if key == role or key.startswith(f"{role}_")) for role in ROLES
        }

    def rights_table(self):
        """:return: dict of name -> dict of role -> cell"""
        text = Path(get_module_path(self.rights_module), "readme", "RIGHTS.md").read_text("utf-8")
        roles, table = None, {}
        for line in text.splitlines():
            if not line.startswith("|"):
                roles = None
                continue
            first, *cells = (cell.strip() for cell in line.strip().strip("|").split("|"))
            if roles is None:
                roles = [cell.strip("`") for cell in cells]
                self.assertEqual(set(roles), set(ROLES), line)
            elif not set(first) <= set("-: "):
                name = re.search(r"`([a-z_.]+)`", first).group(1)
                self.assertEqual(len(cells), len(roles), line)
                self.assertNotIn(name, table)
                table[name] = dict(zip(roles, cells, strict=True))
        return table

    def test_rights_are_exactly_those_of_the_table(self):
        wrong = []
        for name, cells in self.rights_table().items():
            with self._attempt_at(name) as attempt:
                for role, cell in cells.items():
                    held = self._rights_held(name, self.role_user[role], attempt)
                    if held != cell:
                        wrong.append(f"{name}, {role}: the table says {cell}, the code {held}")
        self.assertFalse(wrong, "\n" + "\n".join(wrong))

    def test_every_model_stands_in_the_table(self):
        self.assertFalse(self._rights_models() - set(self.rights_table()))

    def test_every_step_of_a_role_stands_in_the_table(self):
        missing = [
            f"{name}.action_{step}"
            for name in self._rights_models()
            for step in self._role_steps(name)
            if f"{name}.action_{step}" not in self.rights_table()
        ]
        self.assertFalse(missing)

    def test_the_table_gives_steps_to_the_roles_that_take_them(self):
        table = self.rights_table()
        for name in self._rights_models():
            for step, roles in self._role_steps(name).items():
                if f"{name}.action_{step}" in table:
                    cells = table[f"{name}.action_{step}"]
                    self.assertEqual({role for role, cell in cells.items() if cell == "✓"}, set(roles), (name, step))

    def test_every_model_is_scoped(self):
        for name in sorted(self._rights_models()):
            model = self.env.registry[name]
            rules = self.env["ir.rule"].search([("model_id.model", "=", name), ("groups", "=", False)])
            domains = [re.sub(r"\s", "", rule.domain_force or "") for rule in rules]
            if issubclass(model, self.env.registry["bphs.scope.mixin"]):
                self.assertIn(self.scope_rules.get(name, SCOPE_RULE), domains, name)
            if model._transient:
                self.assertIn(OWN_RULE, domains, name)

    def _rights_models(self):
        """The models this module defines, those of tests left out."""
        return {
            name
            for name, model in self.env.registry.items()
            if model._original_module == self.rights_module
            and not model._abstract
            and not name.startswith("bphs.test.")
            and name not in self.rights_elsewhere
        }

    def _role_steps(self, name):
        """{step: its roles} of the steps that a document gives to roles, and that somebody calls by their own name."""
        model = self.env[name]
        # Returning takes one of two steps, by the state.
        steps = getattr(model, "_steps", {})
        return {step: steps[step].roles for step in steps if steps[step].roles and hasattr(model, f"action_{step}")}

    @contextmanager
    def _attempt_at(self, name):
        """The function that tries an action; the ground it needs is made once, and gone after the last role."""
        attempt = self.rights_actions.get(name)
        if not isinstance(attempt, tuple):
            yield attempt
            return
        make, step = attempt
        with self._undone():
            made = make()
            self.env.flush_all()
            yield lambda key: step(key, made)

    @contextmanager
    def _undone(self):
        savepoint = self.env.cr.savepoint()
        try:
            yield
        finally:
            savepoint.close(rollback=True)
            self.env.invalidate_all()

    def _rights_held(self, name, key, attempt=None):
        if name in self.env:
            model = self.as_user(key, name)
            held = "".join(letter for letter, operation in OPERATIONS.items() if model.has_access(operation))
            return held or "·"
        model_name, __, part = name.rpartition(".")
        model = self.as_user(key, model_name)
        if part in model._fields:
            field = model._fields[part]
            held = "".join(
                letter
                for letter, operation in (("r", "read"), ("w", "write"))
                if model.has_access(operation) and model._has_field_access(field, operation)
            )
            return held or "·"
        self.assertTrue(callable(getattr(model, part, None)), f"{name} is neither field nor action")
        if not attempt:
            roles = self._role_steps(model_name)[part.removeprefix("action_")]
            return "✓" if self.user[key]._holds_role(roles) else "·"
        with self._undone():
            try:
                attempt(key)
                self.env.flush_all()
                return "✓"
            except AccessError:
                return "·"
