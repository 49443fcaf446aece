import json

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import ResidentCase, id_number

SAYS = ("read", "web_read", "search_read", "web_search_read", "name_search", "web_name_search", "get_metadata")
# Searches show names within scope and are not logged: see docs/decisions/0013-resident-browsing.md.
UNLOGGED = {("bphs.resident", "name_search"), ("bphs.household", "name_search")}


@tagged("post_install", "-at_install")
class TestEveryWay(ResidentCase):
    """Every model of the register, asked in every way a client reads, by everybody who might try."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        today = cls.zhang._county_today()
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
        for resident, kind, order in ((cls.near, "近处", 31), (cls.far, "远处", 33), (cls.ill, "隐疾", 35)):
            resident._move("lost", today, evidence=f"{kind}证据")
            resident._move("back", today, evidence=f"{kind}证据")
            born, name = resident.birth_date.strftime("%Y%m%d"), resident.name[:2]
            twin, other = (cls.make(name, resident.division_id, born, order + more) for more in (0, 20))
            cls.env["bphs.resident.duplicate"].create({"first_id": resident.id, "second_id": other.id, "kind": "close"})
            twin._merge_into(resident, "同一人")
        cls.user["portal"], cls.user["nobody"] = cls.env["res.users"].create(
            [
                {"name": name, "login": f"test_{name}", "group_ids": [Command.set(cls.env.ref(group).ids)]}
                for name, group in (("portal", "base.group_portal"), ("nobody", "base.group_user"))
            ]
        )
        cls.models = [
            name
            for name, model in cls.env.registry.items()
            if model._original_module == "bphs_resident" and not model._abstract
        ]
        cls.env.flush_all()

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
                "read": lambda m=model, ids=every, f=readable: [self._one(m.browse(i).read, f) for i in ids],
                "web_read": lambda m=model, ids=every, s=shown: [self._one(m.browse(i).web_read, s) for i in ids],
                "search_read": lambda m=model, f=readable: self._one(m.search_read, [], f),
                "web_search_read": lambda m=model, s=shown: self._one(m.web_search_read, [], s),
                "name_search": lambda m=model: self._one(m.name_search, "", limit=None),
                "web_name_search": lambda m=model, s=shown: self._one(m.web_name_search, "", s, limit=None),
                "get_metadata": lambda m=model, ids=every: [self._one(m.browse(i).get_metadata) for i in ids],
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

    def _one(self, method, *args, **kwargs):
        try:
            with self.env.cr.savepoint():
                return method(*args, **kwargs)
        except (AccessError, UserError) as error:
            return str(error)

    @mute_logger("odoo.addons.base.models.ir_rule", "odoo.addons.base.models.ir_model", "odoo.models")
    def test_nobody_learns_of_others(self):
        told = {
            resident: (resident.name[2:], resident.ehr_number, id_number(born, 9), phone, place)
            for resident, born, phone, place in (
                (self.near, "19600101", "13900000001", "近处"),
                (self.far, "19610101", "13900000002", "远处"),
                (self.ill, "19620101", "13900000003", "隐疾"),
            )
        }
        for key, known in (
            ("village_doctor_a1", self.near),
            ("township_director_a", self.near),
            ("township_public_health_b", self.far),
            ("primary_care_officer", self.Resident),
            ("county_specialist", self.Resident),
            ("finance_officer", self.Resident),
            ("portal", self.Resident),
            ("nobody", self.Resident),
        ):
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
