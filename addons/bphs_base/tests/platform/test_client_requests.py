import inspect
from itertools import product

from odoo.exceptions import AccessError, MissingError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ...tools.plausible import is_of_its_kind
from ..common import CountyCase
from .test_stored_defaults import mark

NAMED = (inspect.Parameter.POSITIONAL_OR_KEYWORD, inspect.Parameter.KEYWORD_ONLY)
# What the ORM keeps for itself: Odoo refuses or passes by some of it on its own.
KEPT = {"id", "create_uid", "create_date", "write_uid", "write_date"}


@tagged("post_install", "-at_install")
class TestClientRequests(CountyCase):
    """What no client sets is refused to every client, of every model, by whatever call it comes."""

    def models(self):
        for name in sorted(self.registry):
            if name.startswith("bphs.") and not name.startswith("bphs.test."):
                model = self.env[name]
                if not model._abstract and not model._transient:
                    yield model

    def holder(self, model, right):
        """:return: key of a user who has this right on the model, or None"""
        return next((key for key in self.user if self.as_user(key, model).has_access(right)), None)

    def closed(self, record):
        """:return: of what no client sets, names, each with a value that neither stands there nor is its default"""
        names = sorted(record._closed_fields() - KEPT)
        defaults = record.default_get(names)
        for name in names:
            field = record._fields[name]
            seen = record if record._has_field_access(field, "read") else record.sudo()
            standing = seen[name] if record else defaults.get(name)
            if field.type == "selection":
                value = next((one for one in field.get_values(self.env) if one != standing), None)
            else:
                value = mark(self, field)
            # What a form begins with and sends back says nothing.
            if value and value != getattr(standing, "id", standing):
                yield name, value

    def told(self, key, model, method, *arguments, **said):
        """:return str: in which words a call was refused; empty where it was not"""
        try:
            with mute_logger("odoo.sql_db"), self.cr.savepoint():
                self.ask(key, model, method, *arguments, **said)
        except (AccessError, UserError, MissingError) as refusal:
            return str(refusal)
        except Exception as broken:  # whatever else comes out is a fault of the server
            return f"BROKEN {type(broken).__name__}: {broken}"
        return ""

    def test_nobody_makes_a_record_with_what_no_client_sets(self):
        tried, wrong = 0, []
        for model in self.models():
            key = self.holder(model, "create")
            for name, value in self.closed(self.as_user(key, model)) if key else ():
                words = self.as_user(key, model)._words_of_closed(name)
                told = self.told(key, model._name, "create", [{name: value}])
                tried += 1
                if told != words:
                    wrong.append(f"{model._name}.{name}, {key}: {told}")
        self.assertGreater(tried, 100)
        self.assertFalse(wrong, "\n".join(wrong))

    def test_nobody_writes_what_no_client_sets(self):
        tried, wrong = 0, []
        for model in self.models():
            key = self.holder(model, "write")
            record = key and self.as_user(key, model).with_context(active_test=False).search([], limit=1)
            if not record or not record.has_access("write"):
                continue
            for name, value in self.closed(record):
                words = record._words_of_closed(name)
                for method, arguments in (("write", ()), ("web_save", ({},))):
                    told = self.told(key, model._name, method, record.ids, {name: value}, *arguments)
                    tried += 1
                    if told != words:
                        wrong.append(f"{model._name}.{name}, {key}, {method}: {told}")
        self.assertGreater(tried, 50)
        self.assertFalse(wrong, "\n".join(wrong))

    def test_nobody_sets_it_in_a_line(self):
        tried, wrong = 0, []
        for model in self.models():
            key = self.holder(model, "create")
            model = self.as_user(key, model) if key else model
            for field in model._fields.values() if key else ():
                if field.type != "one2many" or field.name in model._closed_fields():
                    continue
                if not model._has_field_access(field, "write"):
                    continue
                lines = self.as_user(key, field.comodel_name)
                if not lines._name.startswith("bphs.") or not lines.has_access("create"):
                    continue
                for name, value in self.closed(lines):
                    told = self.told(key, model._name, "create", [{field.name: [[0, 0, {name: value}]]}])
                    tried += 1
                    if told != lines._words_of_closed(name):
                        wrong.append(f"{model._name}.{field.name}.{name}, {key}: {told}")
        self.assertGreater(tried, 5)
        self.assertFalse(wrong, "\n".join(wrong))

    def test_what_a_form_is_called_and_which_column_it_means_is_no_setting(self):
        """By every call of Odoo's that writes, as the administrator, who may write the rest."""
        template = self.env["bphs.print.template"].search([("column_ids", "!=", False)], limit=1)
        if not template:
            template = self.env["bphs.print.template"].create({"code": "T1", "name": "试验表"})
            template.column_ids.create({"template_id": template.id, "key": "name", "name": "名称"})
        column = template.column_ids[0]
        code = "bphs.print.template"
        for method, *arguments in (
            ("write", template.ids, {"code": "S99"}),
            ("write", template.ids, {"column_ids": [[1, column.id, {"key": "other"}]]}),
            ("write", template.ids, {"column_ids": [[0, 0, {"key": "other", "name": "x"}]]}),
            ("web_save", template.ids, {"code": "S99"}, {}),
            ("web_save_multi", template.ids, [{"code": "S99"}], {}),
            ("create", {"code": "S99", "name": "x"}),
            ("copy", template.ids, {"code": "S99"}),
        ):
            with self.subTest(method), self.refused("is set by the system or by its buttons"):
                self.ask("administrator", code, method, *arguments)
        told = self.ask("administrator", code, "load", ["code", "name"], [["S99", "x"]])
        self.assertFalse(told["ids"])
        self.assertIn("is set by the system", str(told["messages"]))
        self.ask("administrator", code, "write", template.ids, {"name": "新名", "code": template.code})
        self.ask("administrator", code, "write", template.ids, {"column_ids": [[1, column.id, {"name": "新栏"}]]})
        self.assertEqual((template.name, column.name), ("新名", "新栏"))

    def test_no_order_of_rows_is_written_into_what_no_client_sets(self):
        period = self.year
        self.assertIn("lock_version", period._closed_fields())
        with self.refused("is set by the system or by its buttons"):
            self.ask("administrator", "bphs.period", "web_resequence", period.ids, {}, "lock_version", 7)

    def test_what_is_a_method_of_the_suite_writes_as_the_server(self):
        self.ask("finance_officer", "bphs.period", "action_lock", self.q1.ids, "核对情况")
        self.assertTrue(self.q1.locked)

    # === IDS === #

    def methods(self):
        """Every public method that a module of ours brings into being for records."""
        for name in sorted(self.registry):
            cls = self.registry[name]
            if name.startswith("bphs.test.") or cls._abstract:
                continue
            for method in sorted(set(dir(cls))):
                function = getattr(cls, method)
                if method.startswith("_") or not callable(function) or hasattr(function, "_api_model"):
                    continue
                owners = [owner for owner in cls.mro() if method in vars(owner)]
                private = any(getattr(vars(owner)[method], "_api_private", False) for owner in owners)
                if owners[-1].__module__.startswith("odoo.addons.bphs_") and not private:
                    yield name, method, function

    def test_what_is_no_record_is_refused_in_words(self):
        """Every method of the suite that works on records; what it needs to be told is said emptily."""
        tried, wrong = 0, []
        for name, method, function in self.methods():
            parameters = list(inspect.signature(function).parameters.values())[1:]
            said = {one.name: None for one in parameters if one.default is one.empty and one.kind in NAMED}
            for ids in (0, [0], "x", ["1"], -1, [-1], [2**70], 2**31, [None], True, {}):
                tried += 1
                if self.told("administrator", name, method, ids, **said) != "There is no such record.":
                    wrong.append(f"{name}.{method} of {ids}")
            for ids, key in product(([], [2**31 - 1]), ("administrator", "finance_officer", "village_doctor_a1")):
                told = self.told(key, name, method, ids, **said)
                if told.startswith("BROKEN"):
                    wrong.append(f"{name}.{method} of {ids}, {key}: {told}")
        self.assertGreater(tried, 300)
        self.assertFalse(wrong, "\n".join(wrong))

    def test_what_is_of_another_kind_is_refused_in_words(self):
        """Every method and every parameter whose name says what it takes, in order and by name."""
        tried, wrong = 0, []
        for name, method, function in self.methods():
            names = list(inspect.signature(function).parameters)[1:]
            for at, parameter in enumerate(names):
                if is_of_its_kind(parameter, 1.5):
                    continue
                for value in (1.5, [[1]], {1: 1} if parameter != "filters" else "x", True):
                    told = [
                        self.told("administrator", name, method, [], **{parameter: value}),
                        self.told("administrator", name, method, [], *[None] * at, value),
                    ]
                    tried += 1
                    if any("is of another kind" not in words for words in told):
                        wrong.append(f"{name}.{method}({parameter}={value}): {told}")
        self.assertGreater(tried, 20)
        self.assertFalse(wrong, "\n".join(wrong))
