"""Fills in and saves every form that every menu opens, as each role that may create."""

import ast
import re

from lxml import etree
from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form
from odoo.tools import mute_logger

from .common import ROLES, CountyCase

TEXTS = ("char", "text", "html")
NUMBERS = ("integer", "float", "monetary")


class FormsCase(CountyCase):
    """Inherit, set ``forms_module``, tag, and give what no filler can guess.

    A form is opened as its menu opens it, what it demands and shows is filled in as a person would, and it is saved.
    A field that is demanded, shown, and can neither be filled in nor is filled in already fails it.
    """

    # Odoo runs inherited tests only where it is told to.
    allow_inherited_tests_method = True
    forms_module = None
    # Menus whose forms are filled in elsewhere: action xmlid -> why.
    forms_elsewhere = {}

    def form_values(self, model, key):
        """What a person would choose where any value will not do.

        :param str model: of the form
        :param str key: of the user in `self.user`
        :return dict: field -> value, in the order they are filled in; a list of dicts fills the lines of a one2many
        """
        return {}

    @mute_logger("odoo.sql_db")  # what the database refuses is told with the form
    def test_h1_every_form_of_every_menu_can_be_saved(self):
        saved, wrong = [], []
        for role in ROLES:
            key = next(key for key in self.user if key == role or key.startswith(f"{role}_"))
            for name, action in self._actions_of(key):
                if not self._offers_new(action, key):
                    continue
                savepoint = self.cr.savepoint()
                try:
                    record = self._fill_and_save(action, key)
                    record.sudo().exists().ensure_one()
                    saved.append((name, role))
                except (AssertionError, AccessError, IntegrityError, UserError, ValidationError, ValueError) as error:
                    wrong.append(f"{role}: {name} ({action.res_model}): {type(error).__name__} {error}")
                savepoint.close(rollback=True)
                self.env.invalidate_all()
        self.assertFalse(wrong, "\n".join(wrong))
        self.assertTrue(saved)

    def _actions_of(self, key):
        """:return list: (name, window action) of the menus of this module that this user sees"""
        menus = self.as_user(key, "ir.ui.menu")._visible_menu_ids()
        seen = []
        for menu in self.env["ir.ui.menu"].browse(sorted(menus)):
            action = menu.action
            if not action or action._name != "ir.actions.act_window":
                continue
            name = action.get_external_id()[action.id]
            if name.startswith(f"{self.forms_module}.") and name not in self.forms_elsewhere:
                seen.append((name, action))
        return list(dict(seen).items())

    def _offers_new(self, action, key):
        """Whether the screen has a button for a new record, and the right stands behind it."""
        model = self.as_user(key, action.res_model)
        views = dict((mode, view) for view, mode in action.views)
        if not {"form", "list"} & set(views) or not model.has_access("create"):
            return False
        if self._context(action, key).get("create") is False:
            return False
        archs = {
            mode: etree.fromstring(model.get_views([(views[mode], mode)])["views"][mode]["arch"])
            for mode in ("list", "kanban", "form")
            if mode in views
        }
        if any(arch.get("create") in ("0", "false", "False") for arch in archs.values()):
            return False
        return "form" in archs or bool(archs["list"].get("editable"))

    def _context(self, action, key):
        # What the web client knows by name; all else in it is written out.
        known = {"uid": self.user[key].id, "active_id": False, "active_ids": []}
        text = re.sub(
            r"\b(uid|active_ids|active_id)\b(?!['\"])", lambda name: repr(known[name[0]]), action.context or "{}"
        )
        return ast.literal_eval(text)

    def _fill_and_save(self, action, key):
        model = self.as_user(key, action.res_model).with_context(
            **self._context(action, key), lang="en_US", tz="Asia/Shanghai"
        )
        # A list whose rows are typed into is filled in by the model's own form, which holds the same fields.
        view = dict((mode, view) for view, mode in action.views).get("form")
        form = Form(model, view or None)
        self._fill(form, self.form_values(action.res_model, key))
        return form.save()

    def _fill(self, form, values):
        for name, value in values.items():
            if name in form._view["fields"]:
                self._set(form, name, value)
        for __ in range(3):  # what is chosen may show and demand more
            for name, field in form._view["fields"].items():
                if self._is_wanting(form, name, field):
                    self._set(form, name, self._guess(form, name, field))

    def _set(self, form, name, value):
        if isinstance(value, list):
            for row in value:
                with getattr(form, name).new() as line:
                    self._fill(line, row)
        elif form._view["fields"][name]["type"] == "many2many":
            getattr(form, name).set(value)
        else:
            setattr(form, name, value)

    def _is_wanting(self, form, name, field):
        if field["type"] in ("boolean", "one2many") or name == "id":
            return False
        number = field["type"] in NUMBERS
        if form._values[name] or (number and form._values[name] not in (0, False)):
            return False
        if not form._get_modifier(name, "required") or form._get_modifier(name, "readonly"):
            return False
        return not (form._get_modifier(name, "invisible") or form._get_modifier(name, "column_invisible"))

    def _guess(self, form, name, field):
        kind = field["type"]
        if kind in TEXTS:
            return "试验"
        if kind in NUMBERS:
            return 1
        if kind == "date":
            return "2025-03-03"
        if kind == "datetime":
            return "2025-03-03 08:00:00"
        if kind == "selection":
            return field["selection"][0][0]
        if kind == "many2one":
            return form._env[field["relation"]].search([], limit=1)
        if kind == "many2many":
            return form._env[field["relation"]].search([], limit=1)
        if kind == "binary":
            return "bWFyaw=="
        raise AssertionError(f"{name}: nothing to fill in a {kind} with")
