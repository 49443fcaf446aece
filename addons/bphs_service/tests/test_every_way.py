from odoo import Command
from odoo.tests import tagged
from odoo.tools import SQL

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
            system = cls.env["bphs.outside.system"].create(
                {"code": f"S{resident.id}", "name": "系统", "institution_id": resident.institution_id.id}
            )
            cls.env["bphs.outside.record"].create(
                {
                    "resident_id": resident.id,
                    "system_id": system.id,
                    "seen_on": cls.zhang._county_today(),
                    "place": f"{place}门诊",
                    "medicine_ids": [Command.create({"name": f"{place}处方"})],
                }
            )
        rows = cls.env["bphs.screening"]
        for resident, place in ((cls.near, "近处"), (cls.far, "远处"), (cls.ill, "隐疾")):
            rows._bring_up(SQL("%s", (resident.id,)))
            row = rows.search([("resident_id", "=", resident.id)])
            assert row
            row.note = f"{place}未测"
        cls._make_groups()

    @classmethod
    def _make_groups(cls):
        """Lectures at which each of them was, and an exam of each that was drawn."""
        exam = cls.form("elder_exam")
        for resident, place in ((cls.near, "近处"), (cls.far, "远处"), (cls.ill, "隐疾")):
            group = cls.env["bphs.group.service"].create(
                {
                    "topic": "讲座",
                    "people_count": 9,
                    "institution_id": resident.institution_id.id,
                    "participant_ids": [Command.set(resident.ids)],
                }
            )
            group.action_complete()
            assert group.visit_ids
            visit = cls.Visit.create({"resident_id": resident.id, "template_id": exam.id, "note": f"{place}体检"})
            visit.action_complete()
            sample = cls.env["bphs.exam.sample"].create({"institution_id": resident.institution_id.id})
            sample.line_ids.sudo()._put_down(sample, [str(visit.id)])
            sample.line_ids.sudo().note = f"{place}抽查"
