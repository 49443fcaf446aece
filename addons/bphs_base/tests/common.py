from unittest.mock import patch

from odoo import Command
from odoo.service.model import call_kw
from odoo.tests import TransactionCase

from ..tools import full_moment
from . import quick_clock  # noqa: F401
from .refusals import Refusals
from .remembered_refusals import remembering
from .shared_county import SHARED, shared

COUNTY_ROLES = (
    "administrator",
    "finance_officer",
    "primary_care_officer",
    "deputy_leader",
    "leader",
    "rectification_clerk",
    "county_specialist",
    "evaluator",
    "finance_bureau",
    "auditor",
)
TOWNSHIP_ROLES = (
    "township_director",
    "township_public_health",
    "township_accountant",
    "team_leader",
)
ROLES = (*COUNTY_ROLES, *TOWNSHIP_ROLES, "village_doctor")


class CountyCase(Refusals, TransactionCase):
    """A small county: two townships, three clinics, the year 2025, and one real user for each role.

    ``cls.user[key]``: county roles by their own name, and ``finance_officer_2``; township roles
    with ``_a`` or ``_b``; doctors ``village_doctor_a1``, ``_a2``, ``_b1``. ``cls.item[code]``: the
    service catalogue. What it makes is shared by the classes that follow one another: see `shared_county`.
    """

    def __init_subclass__(cls, **words):
        super().__init_subclass__(**words)
        if "_make_county" in vars(cls):
            cls._make_county = shared(cls, vars(cls)["_make_county"].__func__)

    @classmethod
    def setUpClass(cls):
        with SHARED.lent(cls):
            super().setUpClass()
        # Thousands of refusals are asked for; that they wait is one test's to say.
        cls.startClassPatcher(patch.object(full_moment, "STEP", 0))
        rights = cls.env.registry["ir.model.access"]
        cls.startClassPatcher(patch.object(rights, "_make_access_error", remembering(rights._make_access_error)))
        cls.env = cls.env(context={**cls.env.context, "tracking_disable": True, "no_reset_password": True})
        cls._make_county()

    @classmethod
    def _make_county(cls):
        """Make the county in ``cls.env``; apart, so that the tests of a live server make the same one."""
        cls._create_divisions()
        cls._create_institutions()
        cls.year = cls.env["bphs.period"]._create_year(2025)
        cls.q1, cls.q2, cls.q3, cls.q4 = cls.year.child_ids.sorted("code")
        cls.item = {item.code: item for item in cls.env["bphs.service.item"].search([])}
        cls.item_ehr = cls.item["EHR_UPDATE"]
        cls.item_htn = cls.item["HTN_FOLLOWUP"]
        cls.item_dm = cls.item["DM_FOLLOWUP"]
        cls.item_elder = cls.item["ELDER_EXAM"]
        cls._create_users()
        cls.env.flush_all()

    @classmethod
    def _create_divisions(cls):
        Division = cls.env["bphs.division"]
        cls.county = Division.create({"code": "990499000000", "name": "试验区", "level": "county"})
        cls.division_a, cls.division_b = Division.create(
            [
                {
                    "code": f"990499{code}000",
                    "name": name,
                    "level": "township",
                    "parent_id": cls.county.id,
                }
                for code, name in (("101", "甲镇"), ("102", "乙镇"))
            ]
        )
        cls.village_a1, cls.village_a2, cls.village_b1 = Division.create(
            [
                {"code": code, "name": name, "level": "village", "parent_id": township.id}
                for code, name, township in (
                    ("990499101201", "甲一村", cls.division_a),
                    ("990499101202", "甲二村", cls.division_a),
                    ("990499102201", "乙一村", cls.division_b),
                )
            ]
        )

    @classmethod
    def _create_institutions(cls):
        def institution(code, name, kind, parent=None, division=cls.county, villages=()):
            return cls.env["bphs.institution"].create(
                {
                    "code": code,
                    "name": name,
                    "kind": kind,
                    "parent_id": parent and parent.id,
                    "division_id": division.id,
                    "village_ids": [Command.set([village.id for village in villages])],
                }
            )

        cls.bureau = institution("T00", "试验区卫健局", "health_bureau")
        cls.finance_bureau = institution("T09", "试验区财政局", "finance_bureau")
        cls.township_a = institution("T10", "甲镇卫生院", "township_hospital", cls.bureau, cls.division_a)
        cls.township_b = institution("T20", "乙镇卫生院", "township_hospital", cls.bureau, cls.division_b)
        cls.clinic_a1, cls.clinic_a2, cls.clinic_b1 = (
            institution(code, name, "village_clinic", township, village, [village])
            for code, name, township, village in (
                ("T11", "甲一村卫生室", cls.township_a, cls.village_a1),
                ("T12", "甲二村卫生室", cls.township_a, cls.village_a2),
                ("T21", "乙一村卫生室", cls.township_b, cls.village_b1),
            )
        )

    @classmethod
    def _create_users(cls):
        scopes = {role: (role, cls.bureau) for role in COUNTY_ROLES}
        scopes["finance_officer_2"] = ("finance_officer", cls.bureau)
        for role in TOWNSHIP_ROLES:
            scopes[f"{role}_a"] = (role, cls.township_a)
            scopes[f"{role}_b"] = (role, cls.township_b)
        for key in ("a1", "a2", "b1"):
            scopes[f"village_doctor_{key}"] = ("village_doctor", getattr(cls, f"clinic_{key}"))
        users = cls.env["res.users"].create(
            [
                {
                    "name": f"{key} 试验",
                    "login": f"test_{key}",
                    "password": f"test_{key}",
                    "role_line_ids": [Command.create({"role_id": cls.env.ref(f"bphs_base.role_{role}").id})],
                    "bphs_institution_ids": [Command.set(institution.ids)],
                }
                for key, (role, institution) in scopes.items()
            ]
        )
        cls.user = dict(zip(scopes, users, strict=True))

    @classmethod
    def as_user(cls, key, model):
        """:return: `model` (name or recordset) as the user of `key`"""
        records = cls.env[model] if isinstance(model, str) else model
        return records.with_user(cls.user[key])

    @classmethod
    def _gc_filestore(cls):
        # Files of the county are kept, which another transaction does not see.
        SHARED.collect_files()

    def ask(self, key, model, method, *arguments, **words):
        """Call a method as a browser or a program does, signed in as the user of `key`."""
        asked = self.env(user=self.user[key].id)
        with asked["ir.http"]._asked_by_client(model, method, arguments, words):
            return call_kw(asked[model], method, list(arguments), words)


CountyCase._make_county = shared(CountyCase, vars(CountyCase)["_make_county"].__func__)
