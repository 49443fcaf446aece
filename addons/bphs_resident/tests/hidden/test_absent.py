from itertools import product

from odoo import Command
from odoo.exceptions import AccessError, MissingError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..common import ResidentCase

# Beside a record of one's own.
BESIDE = (
    ("read", [["name"]]),
    ("web_read", [{"name": {}}]),
    ("write", [{"name": "李四"}]),
    ("unlink", []),
    ("get_metadata", []),
    ("action_archive", []),
    ("action_unarchive", []),
)
# How a client names records of another model in a line.
COMMANDS = (
    lambda one: [Command.link(one)],
    lambda one: [Command.set([one])],
    lambda one: [Command.update(one, {})],
    lambda one: [Command.delete(one)],
    lambda one: [Command.unlink(one)],
)
CALLS = (
    ("read", [["name"]]),
    ("read", [["id"]]),
    ("read", [["display_name"]]),
    ("read", [["masked_id", "age"]]),
    ("web_read", [{"name": {}}]),
    ("web_read", [{"id": {}}]),
    ("write", [{"note": "x"}]),
    ("unlink", []),
    ("timeline", []),
    ("action_open", ["核查健康档案"]),
    ("action_move", []),
    ("action_unmask", ["phone", "核查健康档案"]),
    ("get_metadata", []),
    ("copy", []),
    ("action_archive", []),
    ("has_access", ["read"]),
)


@tagged("post_install", "-at_install")
class TestAbsent(ResidentCase):
    """A file for named persons is answered as one that is not there: ids run on, and who is told apart is counted."""

    def answer(self, key, model, method, ids, arguments, record_id):
        savepoint = self.env.cr.savepoint()
        try:
            told = self.ask(key, model, method, ids, *arguments, context={"lang": "en_US"})
            return repr(told).replace(str(record_id), "#")
        except (AccessError, MissingError, UserError) as refusal:
            return f"{type(refusal).__name__}: {refusal}".replace(str(record_id), "#")
        except (AttributeError, ValueError, AssertionError):
            return None  # the model has no such method or field
        finally:
            savepoint.close(rollback=True)
            self.env.invalidate_all()

    @mute_logger("odoo.addons.base.models.ir_rule", "odoo.addons.base.models.ir_model")
    def test_hidden_and_absent_are_told_in_the_same_words(self):
        self.as_user("village_doctor_a1", self.zhang).read(["name"])  # entered in the log
        smi = self.env["bphs.resident.group"].create({"resident_id": self.zhang.id, "kind": "smi"})
        household = self.zhang.household_id
        entries = self.env["bphs.resident.access"].search([("resident_id", "=", self.zhang.id)])
        self.assertTrue(entries)
        hidden = [self.zhang, smi, *household, entries[0]]
        for key in ("auditor", "administrator", "township_director_a", "county_specialist", "finance_officer"):
            for record in hidden:
                absent = max(self.env[record._name].sudo().search([], order="id desc", limit=1).id, 10**6) + 4321
                if record.with_user(self.user[key]).has_access("read"):
                    continue
                for method, arguments in CALLS:
                    with self.subTest(key=key, model=record._name, method=method, arguments=arguments):
                        self.assertEqual(
                            self.answer(key, record._name, method, [record.id], arguments, record.id),
                            self.answer(key, record._name, method, [absent], arguments, absent),
                        )

    def hidden_and_absent(self):
        """:return: ids of a file for named persons, and of none"""
        self.env["bphs.resident.group"].create({"resident_id": self.zhang.id, "kind": "smi"})
        return self.zhang.id, self.zhang.id + 10_004_321

    @mute_logger("odoo.addons.base.models.ir_rule", "odoo.addons.base.models.ir_model")
    def test_beside_others_too(self):
        pair = self.hidden_and_absent()
        for key in ("village_doctor_a1", "township_public_health_a", "auditor"):
            for method, arguments in BESIDE:
                told = [self.answer(key, "bphs.resident", method, [self.wang.id, one], arguments, one) for one in pair]
                with self.subTest(key=key, method=method):
                    self.assertEqual(*told)
                    self.assertIn("AccessError", told[0])

    @mute_logger("odoo.addons.base.models.ir_rule", "odoo.addons.base.models.ir_model")
    def test_in_the_lines_of_a_form_too(self):
        """Whatever model has lines that tell of people, for whoever fills it in or saves it."""
        pair, logged, tried = self.hidden_and_absent(), self.registry["bphs.logged.reading.mixin"], 0
        for name in sorted(self.registry):
            model = self.env[name]
            if not name.startswith("bphs.") or name.startswith("bphs.test.") or model._abstract:
                continue
            for field in model._fields.values():
                if field.type not in ("one2many", "many2many") or field.comodel_name != "bphs.resident":
                    continue
                self.assertTrue(issubclass(self.registry[field.comodel_name], logged))
                for key in ("village_doctor_a1", "auditor"):
                    for command, method in product(COMMANDS, ("onchange", "web_save")):
                        told = [self.answer_of_a_form(key, name, method, field.name, command, one) for one in pair]
                        tried += 1
                        with self.subTest(model=name, field=field.name, key=key, method=method, said=command(1)):
                            self.assertEqual(*told)
                            self.assertIn("AccessError", told[0])
        self.assertTrue(tried)

    def answer_of_a_form(self, key, model, method, field, command, one):
        said, shown = {field: command(one)}, {field: {"fields": {"name": {}}}}
        arguments = [said, [field], shown] if method == "onchange" else [said, {}]
        return self.answer(key, model, method, [], arguments, one)
