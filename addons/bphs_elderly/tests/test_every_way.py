from datetime import date

from odoo.tests import tagged

from odoo.addons.bphs_resident.tests.every_way import EveryWay

from .grading.common import GradingCase


@tagged("post_install", "-at_install")
class TestEveryWay(EveryWay, GradingCase):
    """Every model of the grading."""

    module = "bphs_elderly"
    day = date(2027, 3, 1)

    @classmethod
    def _make_records(cls):
        for resident, place in ((cls.near, "近处"), (cls.far, "远处"), (cls.ill, "隐疾")):
            assert cls.Standing.search([("resident_id", "=", resident.id)])
            cls.env["bphs.elderly.decision"].create(
                {"resident_id": resident.id, "colour": "red", "reason": f"{place}病重", "date_to": date(2027, 5, 1)}
            )
            cls.env["bphs.elderly.outside"].create(
                {
                    "resident_id": resident.id,
                    "kind": "adl_score",
                    "value": "4",
                    "measured_on": cls.day,
                    "note": f"{place}报告",
                }
            )
