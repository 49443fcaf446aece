import psycopg2

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from ..common import CountyCase
from ..stored_defaults import store_default, store_defaults

MARKS = {
    "boolean": True,
    "integer": 77,
    "float": 77.5,
    "monetary": 77.5,
    "date": "2031-01-02",
    "datetime": "2031-01-02 03:04:05",
    "many2one": 1,
    "many2one_reference": 1,
    "reference": False,
    "json": {"mark": 77},
    "binary": "bWFyaw==",
}


def mark(case, field):
    """A value that no default of the code gives."""
    if field.type == "selection":
        return field.get_values(case.env)[-1]
    if field.type in ("one2many", "many2many"):
        return [1]
    return MARKS.get(field.type, "mark")


@tagged("post_install", "-at_install")
class TestStoredDefaults(CountyCase):
    """What no client sets comes from no default either, whoever stored it: tried on every model and field there is."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.models = [
            cls.env[name]
            for name in sorted(cls.registry)
            if name.startswith("bphs.") and not cls.env[name]._abstract and not name.startswith("bphs.test.")
        ]

    def closed(self, model):
        """Readonly and step-set fields a default could be stored for; what the ORM keeps for itself left out."""
        kept = {"id", "display_name", "parent_path", "create_uid", "create_date", "write_uid", "write_date"}
        return sorted(
            name
            for name, field in model._fields.items()
            if (field.readonly or name in model._step_fields()) and name not in kept and not field.inherited
        )

    def given(self, model, names):
        """What a form and a record of this model begin with, asked by a person and by server code in their name.

        The clock stands, or moments would differ.
        """
        seen = {}
        for way, asked in (("person", model), ("server", model.sudo())):
            seen[way, "form"] = asked.default_get(names)
            if not model._transient:
                missing = asked._add_missing_default_values({})
                seen[way, "record"] = {name: missing.get(name) for name in names}
        return seen

    @freeze_time("2030-05-06 07:08:09")
    def test_no_stored_default_sets_what_no_client_sets(self):
        person = self.user["finance_officer"]
        for whose in (person, None):
            with self.subTest(whose="own" if whose else "everyone's"):
                before, rows = {}, []
                for model in self.models:
                    names = self.closed(model)
                    before[model._name] = self.given(model.with_user(person), names)
                    rows += [(model._name, name, mark(self, model._fields[name])) for name in names]
                self.assertGreater(len(rows), 100)
                savepoint = self.cr.savepoint()
                store_defaults(self.env, rows, whose)
                wrong = []
                for model in self.models:
                    now = self.given(model.with_user(person), self.closed(model))
                    for way, values in now.items():
                        for name, value in values.items():
                            if str(value) != str(before[model._name][way].get(name)):
                                wrong.append(f"{model._name}.{name} by {way}: {value}")
                savepoint.close(rollback=True)
                self.env.registry.clear_cache()
                self.assertFalse(wrong, "\n".join(wrong))

    @freeze_time("2030-05-06 07:08:09")
    def test_no_default_of_the_context_sets_what_no_client_sets(self):
        person = self.user["finance_officer"]
        wrong = []
        for model in self.models:
            if model._transient:
                continue  # a dialog is opened by them, and is its user's alone
            names = self.closed(model)
            before = self.given(model.with_user(person), names)
            context = {f"default_{name}": mark(self, model._fields[name]) for name in names}
            now = self.given(model.with_user(person).with_context(**context), names)
            wrong += [
                f"{model._name}.{name} by {way}: {value}"
                for way, values in now.items()
                for name, value in values.items()
                if str(value) != str(before[way].get(name))
            ]
        self.assertFalse(wrong, "\n".join(wrong))

    def test_no_default_makes_a_record_of_what_is_open_either(self):
        """The checks of a model look at what is said; what comes in beside it they would not see."""
        person = self.user["administrator"]
        Service = self.env["bphs.working.day"].with_user(person)
        store_default(self.env, "bphs.working.day", "source", "国办发明电〔2030〕1号", person)
        self.assertEqual(Service.default_get(["source"]), {"source": "国办发明电〔2030〕1号"})
        kind = Service._fields["kind"].get_values(self.env)[0]
        day = Service.create({"date": "2031-01-01", "kind": kind, "name": "元旦"})
        self.assertFalse(day.source)

    def test_nobody_stores_such_a_default(self):
        person = self.user["finance_officer"]
        mine = self.env["ir.default"].with_user(person)
        everyones = self.env["ir.default"]
        fields = self.env["ir.model.fields"].sudo()
        for model in self.models:
            for name in self.closed(model)[:3]:
                value = mark(self, model._fields[name])
                row = {"field_id": fields._get(model._name, name).id, "user_id": person.id, "json_value": "1"}
                for attempt in (
                    lambda n=name, v=value, m=model: mine.set(m._name, n, v, user_id=True),
                    lambda n=name, v=value, m=model: everyones.set(m._name, n, v),
                    lambda row=row: mine.create(row),
                ):
                    with (
                        self.subTest(f"{model._name}.{name}"),
                        self.assertRaisesRegex(UserError, "no default is stored|Invalid value|Expected type"),
                        self.cr.savepoint(),
                    ):
                        attempt()

    def test_a_stored_default_is_not_turned_into_such_a_one(self):
        person = self.user["administrator"]
        mine = self.env["ir.default"].with_user(person)
        mine.set("bphs.period", "code", "2031", user_id=True)
        stored = mine.search([("user_id", "=", person.id)])
        locked = self.env["ir.model.fields"]._get("bphs.period", "lock_reason")
        with self.assertRaisesRegex(UserError, "no default is stored"):
            stored.write({"field_id": locked.id})

    def test_only_the_system_stores_defaults_for_the_platform(self):
        for key, model, field, value in (
            ("village_doctor_a1", "mail.message", "author_id", 1),
            ("finance_officer", "ir.attachment", "public", True),
            ("administrator", "res.partner", "email", "x@example.com"),
        ):
            with (
                self.subTest(model),
                self.assertRaisesRegex(AccessError, "stored by the system administrator"),
                self.cr.savepoint(),
            ):
                self.as_user(key, "ir.default").set(model, field, value, user_id=True)

    def test_the_rest_of_a_form_may_be_filled_in_by_a_default(self):
        person = self.user["administrator"]
        self.as_user("administrator", "ir.default").set("bphs.division", "type_name", "乡", user_id=True)
        self.assertEqual(self.env["bphs.division"].with_user(person).default_get(["type_name"]), {"type_name": "乡"})

    # === WHO A PERSON IS AND WHAT THEY MAY === #

    def test_no_default_gives_groups_roles_scope_or_a_password(self):
        person = self.user["administrator"]
        named = self.env.ref("mail.group_mail_template_editor")
        role = self.env.ref("bphs_base.role_finance_officer")
        defaults = {
            "group_ids": [named.id],
            "role_line_ids": [{"role_id": role.id}],
            "bphs_institution_ids": [self.finance_bureau.id],
            "password": "known to me",
            "new_password": "known to me",
            "partner_id": self.env.user.partner_id.id,
            "role": "group_system",
        }
        Users = self.env["res.users"].with_user(person)
        plain = Users.create({"name": "甲", "login": "test_plain"}).sudo()
        context = {f"default_{name}": value for name, value in defaults.items()}
        store_defaults(self.env, [("res.users", name, value) for name, value in defaults.items()], person)
        for number, asked in enumerate((Users, Users.with_context(**context))):
            made = asked.create({"name": "乙", "login": f"test_made_{number}"}).sudo()
            self.assertEqual(made.all_group_ids, plain.all_group_ids)
            self.assertFalse(made.role_line_ids or made.bphs_institution_ids)
            self.assertNotEqual(made.partner_id, self.env.user.partner_id)
            self.env.cr.execute("SELECT password FROM res_users WHERE id = %s", [made.id])
            self.assertIn(self.env.cr.fetchone()[0], (None, ""))
            self.assertNotIn(str(named.id), str(asked.default_get(["group_ids"]).get("group_ids")))
        for name in defaults:
            with (
                self.subTest(name),
                self.assertRaisesRegex(UserError, "no default is stored|Invalid value"),
                self.cr.savepoint(),
            ):
                self.env["ir.default"].with_user(person).set("res.users", name, defaults[name], user_id=True)

    def test_no_default_gives_a_role_by_its_line(self):
        person = self.user["administrator"]
        store_default(self.env, "res.users.role.line", "role_id", self.env.ref("bphs_base.role_leader").id, person)
        # The line needs no role, and nobody named one.
        with self.assertRaises(psycopg2.errors.NotNullViolation), mute_logger("odoo.sql_db"), self.cr.savepoint():
            self.env["res.users"].with_user(person).create(
                {"name": "丙", "login": "test_line", "role_line_ids": [Command.create({})]}
            )

    def test_a_population_figure_is_approved_by_no_default(self):
        person = self.user["finance_officer"]
        other = self.user["primary_care_officer"]
        for name, value in (
            ("state", "approved"),
            ("approved_by_id", other.id),
            ("approved_on", "2031-01-02 00:00:00"),
        ):
            store_default(self.env, "bphs.population", name, value, person)
        figure = (
            self.env["bphs.population"]
            .with_user(person)
            .create(
                {
                    "name": "常住人口",
                    "basis": self.env["bphs.population"]._fields["basis"].get_values(self.env)[0],
                    "division_id": self.county.id,
                    "number": 100,
                    "source": "统计局",
                }
            )
        )
        self.assertRecordValues(figure, [{"state": "draft", "approved_by_id": False, "approved_on": False}])
