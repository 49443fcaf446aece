from datetime import date
from unittest.mock import patch

from odoo import Command
from odoo.fields import Domain

from ..models.contracting.bphs_contract_signing import Signing
from .common import TeamCase

TODAY = date(2026, 3, 10)


class ContractCase(TeamCase):
    """The small county on 10 March 2026: villages with their teams, a basic package, a household in village A1."""

    today = TODAY

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        base = cls.env.registry["base"]
        cls.startClassPatcher(patch.object(base, "_county_today", lambda _self: cls.today))
        cls.Contract = cls.env["bphs.contract"]
        for team, village in (
            (cls.team_a1, cls.village_a1),
            (cls.team_a2, cls.village_a2),
            (cls.team_b1, cls.village_b1),
        ):
            cls.env["bphs.team.village"].create(
                {"team_id": team.id, "division_id": village.id, "date_from": "2025-01-01"}
            )
        cls.package = cls.make_package("BASIC", "基础包")
        cls.home = cls.env["bphs.household"].create({"division_id": cls.village_a1.id})
        (cls.zhang | cls.wang).write({"household_id": cls.home.id})
        cls.env.flush_all()

    @classmethod
    def make_package(cls, code, name, publish=True, **vals):
        package = cls.env["bphs.package"].create(
            {
                "code": code,
                "name": name,
                "date_from": "2025-01-01",
                "item_ids": [
                    Command.create(
                        {"name": "血压随访", "record_kind": "monitoring", "due": "rhythm", "months": 3, "times": 0}
                    ),
                    Command.create(
                        {"name": "年度体检", "record_kind": "management", "due": "within", "weeks": 8, "times": 1}
                    ),
                ],
                **vals,
            }
        )
        if publish:
            package.sudo()._write_state({"state": "published"})
        return package

    @classmethod
    def terms(cls, **vals):
        """The terms as they are usual."""
        terms = {
            "package": cls.package,
            "extras": cls.package.browse(),
            "signed_on": TODAY,
            "date_from": TODAY,
            "months": 12,
            "source": "home",
            **vals,
        }
        if "date_from" in vals and "signed_on" not in vals:
            terms["signed_on"] = vals["date_from"]
        return Signing(**terms)

    @classmethod
    def sign(cls, residents, key="team_leader_a", **vals):
        """Sign as a user; the terms as they are usual."""
        return cls.as_user(key, "bphs.contract")._sign(Domain("id", "in", residents.ids), cls.terms(**vals))

    def serve(self, resident, day, kind="monitoring", key="village_doctor_a1", **vals):
        return self.as_user(key, "bphs.service.record").create(
            {"resident_id": resident.id, "date": day, "kind": kind, "worker_id": self.worker_a1.id, **vals}
        )
