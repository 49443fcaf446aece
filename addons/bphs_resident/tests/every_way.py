import json
from contextlib import suppress

import psycopg2

from odoo import Command
from odoo.exceptions import AccessError, MissingError, UserError
from odoo.tools import mute_logger

from .common import id_number

READING = ("read", "web_read", "search_read", "web_search_read", "name_search", "web_name_search", "get_metadata")
SAYS = (*READING, "export_data", "formatted_read_group", "onchange")
# Of a record that somebody does not see, and of one that is not there.
CALLS = (
    ("read", ["id"]), ("read", ["display_name"]), ("web_read", {"id": {}}), ("get_metadata",), ("export_data", ["id"]),
    ("write", {}), ("write", {"note": "x"}), ("web_save", {"state": "x"}, {}), ("unlink",), ("copy",),
    ("action_archive",), ("get_formview_action",), ("has_access", "read"), ("onchange", {}, [], {"display_name": {}}),
)  # fmt: skip
# No grouping, no aggregate, no form.
NO_ANSWER = (ValueError, TypeError, KeyError, NotImplementedError, psycopg2.Error)
# Searches show names within scope and are not logged: see docs/decisions/0013-resident-browsing.md.
UNLOGGED = {("bphs.resident", "name_search"), ("bphs.household", "name_search")}


class EveryWay:
    """Every model of a module, asked in every way a client reads, by everybody who might try; stands before a case with
    residents, in whose `_make_records` the module's own records are made, with the place of each person in their texts.
    """

    module = None
    # Whom somebody may know.
    knowing = {
        "village_doctor_a1": "near",
        "township_public_health_b": "far",
        "county_specialist": None,
        "nobody": None,
    }
    allow_inherited_tests_method = True

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        homes = cls.env["bphs.household"].create(
            [
                {"division_id": cls.village_a1.id, "address": "近处一号"},
                {"division_id": cls.village_b1.id, "address": "远处八号"},
            ]
        )
        cls.near = cls.make("诸葛近邻", cls.village_a1, "19600101", 9, phone="13900000001", household_id=homes[0].id)
        cls.far = cls.make("欧阳远客", cls.village_b1, "19610101", 9, phone="13900000002", household_id=homes[1].id)
        cls.ill = cls.make("司马隐疾", cls.village_a1, "19620101", 9, phone="13900000003", household_id=homes[0].id)
        groups = ((cls.near, "diabetes", "近处医院"), (cls.far, "diabetes", "远处医院"), (cls.ill, "smi", "隐疾医院"))
        cls.env["bphs.resident.group"].create(
            [
                {"resident_id": resident.id, "kind": kind, "basis": basis, "date_from": "2020-01-01"}
                for resident, kind, basis in groups
            ]
        )
        cls._make_records()
        cls.user["portal"], cls.user["nobody"] = cls.env["res.users"].create(
            [
                {"name": name, "login": f"test_{name}", "group_ids": [Command.set(cls.env.ref(group).ids)]}
                for name, group in (("portal", "base.group_portal"), ("nobody", "base.group_user"))
            ]
        )
        cls.models = [
            name
            for name, model in cls.env.registry.items()
            if model._original_module == cls.module and not model._abstract
        ]
        cls.env.flush_all()

    @classmethod
    def _make_records(cls):
        """Make the module's records of `near`, `far` and `ill`."""
        today = cls.zhang._county_today()
        for resident, kind, order in ((cls.near, "近处", 31), (cls.far, "远处", 33), (cls.ill, "隐疾", 35)):
            resident._move("lost", today, evidence=f"{kind}证据")
            resident._move("back", today, evidence=f"{kind}证据")
            born, name = resident.birth_date.strftime("%Y%m%d"), resident.name[:2]
            twin, other = (cls.make(name, resident.division_id, born, order + more) for more in (0, 20))
            cls.env["bphs.resident.duplicate"].create({"first_id": resident.id, "second_id": other.id, "kind": "close"})
            twin._merge_into(resident, "同一人")

    def answers(self, key):
        """Yield (model, method, what it answers as text, entries it made in the log)."""
        log = self.env["bphs.resident.access"]
        for name in sorted(self.models):
            model = self.as_user(key, name).with_context(active_test=False)
            readable = [field for field in model._fields if model._has_field_access(model._fields[field], "read")]
            shown = {
                field: {"fields": {"display_name": {}}}
                if model._fields[field].type in ("many2one", "one2many", "many2many")
                else {}
                for field in readable
            }
            every = model.sudo().search([]).ids  # sudo: the ids are known to whoever counts
            calls = {
                "read": lambda m=model, ids=every, f=readable: self._each(m.browse(ids), "read", f),
                "web_read": lambda m=model, ids=every, s=shown: self._each(m.browse(ids), "web_read", s),
                "search_read": lambda m=model, f=readable: self._one(m.search_read, [], f),
                "web_search_read": lambda m=model, s=shown: self._one(m.web_search_read, [], s),
                "name_search": lambda m=model: self._one(m.name_search, "", limit=None),
                "web_name_search": lambda m=model, s=shown: self._one(m.web_name_search, "", s, limit=None),
                "get_metadata": lambda m=model, ids=every: self._each(m.browse(ids), "get_metadata"),
                "export_data": lambda m=model, ids=every, f=readable: self._each(m.browse(ids), "export_data", f),
                "formatted_read_group": lambda m=model, f=readable: self._groupings(m, f),
                "onchange": lambda m=model: self._choices(m),
            }
            self.assertEqual(set(calls), set(SAYS))
            for method, call in calls.items():
                self.env.flush_all()
                self.env.invalidate_all()
                with self.env.cr.savepoint() as savepoint:
                    before = log.search_count([])
                    text = json.dumps(call(), ensure_ascii=False, default=str)
                    self.env.flush_all()
                    entries = log.search_count([]) - before
                    savepoint.rollback()
                yield name, method, text, entries

    def _each(self, records, method, *asked):
        """What each of them answers; hundreds that tell of nobody do so together, unless one of them is refused."""
        if not isinstance(records, self.env.registry["bphs.logged.reading.mixin"]):
            with suppress(AccessError, UserError, *NO_ANSWER), self.env.cr.savepoint():
                return getattr(records, method)(*asked)
        return [self._one(getattr(record, method), *asked) for record in records]

    def _groupings(self, model, readable):
        """Grouped by each field, and gathered in each way."""
        specs = [
            f"{name}:{period}" for name in readable for period in ("day", "month") if "date" in model._fields[name].type
        ]
        asked = [([spec], ["__count"]) for spec in (*readable, *specs)]
        asked += [([], [f"{name}:{kind}"]) for name in readable for kind in ("array_agg", "recordset")]
        return [self._one(model.formatted_read_group, [], *each) for each in asked]

    def _choices(self, model):
        """What a form tells of each person, or what is theirs, that is put into one of its fields."""
        told, logged = [], self.env.registry["bphs.logged.reading.mixin"]
        persons = (self.near | self.far | self.ill).ids
        for name, field in model._fields.items():
            if field.type not in ("many2one", "one2many", "many2many") or not field.comodel_name.startswith("bphs."):
                continue
            chosen = self.env[field.comodel_name].with_context(active_test=False)
            if not isinstance(chosen, logged):
                continue
            theirs = "id" if chosen._name == "bphs.resident" else "resident_id"
            theirs = [(theirs, "in", persons)] if theirs in chosen._fields else []
            shown = {name: {"fields": {one: {} for one, what in chosen._fields.items() if not what.relational}}}
            for one in chosen.search(theirs, limit=3).ids:
                value = one if field.type == "many2one" else [Command.link(one)]
                told.append(self._one(model.onchange, {name: value}, [name], shown))
                told.append(self._one(model.with_context(**{f"default_{name}": value}).onchange, {}, [], shown))
        return told

    def _one(self, method, *args, **kwargs):
        try:
            with self.env.cr.savepoint():
                return method(*args, **kwargs)
        except (AccessError, UserError) as error:
            return str(error)
        except NO_ANSWER:
            return None

    @mute_logger("odoo.addons.base.models.ir_rule", "odoo.addons.base.models.ir_model", "odoo.models", "odoo.sql_db")
    def test_nobody_learns_of_others(self):
        told = {
            resident: (resident.name[2:], resident.ehr_number, id_number(born, 9), phone, place)
            for resident, born, phone, place in (
                (self.near, "19600101", "13900000001", "近处"),
                (self.far, "19610101", "13900000002", "远处"),
                (self.ill, "19620101", "13900000003", "隐疾"),
            )
        }
        for key, whom in self.knowing.items():
            known = getattr(self, whom) if whom else self.Resident
            learnt = False
            for model, method, text, entries in self.answers(key):
                with self.subTest(key, model=model, method=method):
                    for resident, words in told.items():
                        hits = [word for word in words if word in text]
                        if resident not in known:
                            self.assertFalse(hits)
                        elif hits:
                            learnt = True
                            # Whole numbers are in no answer, and whatever tells of a person is in the log.
                            self.assertFalse(set(hits) & {words[2], words[3]})
                            self.assertTrue(entries or (model, method) in UNLOGGED)
            self.assertEqual(learnt, bool(known), key)

    @mute_logger("odoo.addons.base.models.ir_rule", "odoo.addons.base.models.ir_model", "odoo.models", "odoo.sql_db")
    def test_what_is_hidden_is_answered_as_what_is_not_there(self):
        logged, tried = self.env.registry["bphs.logged.reading.mixin"], 0
        for name in self.models:
            model = self.env[name].with_context(active_test=False)
            if not isinstance(model, logged):
                continue
            every = model.search([], order="id")
            for key in self.knowing:
                mine = self.as_user(key, model)
                hidden = (every - mine.search([]).sudo()) if mine.has_access("read") else every
                for method, *arguments in CALLS if hidden else ():
                    tried += 1
                    answers = [
                        self.answer(key, name, method, one, arguments)
                        for one in (hidden[-1].id, every[-1].id + 1_000_003)
                    ]
                    with self.subTest(key, model=name, method=method):
                        self.assertEqual(*answers)
        self.assertTrue(tried)

    def answer(self, key, model, method, record_id, arguments):
        savepoint = self.env.cr.savepoint()
        try:
            told = repr(self.ask(key, model, method, [record_id], *arguments))
        except (AccessError, MissingError, UserError) as refusal:
            told = f"{type(refusal).__name__}: {refusal}"
        except (AttributeError, AssertionError, ValueError):
            told = None  # the model has no such method or field
        savepoint.close(rollback=True)
        self.env.invalidate_all()
        return told and told.replace(str(record_id), "#")
