from odoo import Command
from odoo.tests import tagged

from odoo.addons.bphs_resident.tests.every_way import EveryWay

from .common import ServiceCase


@tagged("post_install", "-at_install")
class TestEveryWay(EveryWay, ServiceCase):
    """Every model of the services."""

    module = "bphs_service"

    @classmethod
    def _make_records(cls):
        form, clock = cls.form("hypertension"), cls.env.ref("bphs_service.bphs_clock_antenatal")
        for resident, place in ((cls.near, "近处"), (cls.far, "远处"), (cls.ill, "隐疾")):
            plan = cls.env["bphs.plan"].create(
                {
                    "resident_id": resident.id,
                    "clock_id": clock.id,
                    "anchor_on": cls.zhang._county_today(),
                    "mute_ids": [Command.create({"reason": f"{place}外出"})],
                }
            )
            cls.Visit.create(
                {
                    "resident_id": resident.id,
                    "template_id": form.id,
                    "note": f"{place}随访",
                    "medicine_ids": [Command.create({"name": f"{place}药"})],
                }
            ).action_complete()
            assert plan.followup_ids
