from odoo.tests import tagged

from odoo.addons.bphs_base.tests.field_cases import FieldCases, Route

from .common import WorkloadCase


@tagged("post_install", "-at_install")
class TestFieldCases(FieldCases, WorkloadCase):
    """Quantities of clinics, from files as they come."""

    allow_inherited_tests_method = True

    def routes(self):
        item = f"{self.item_htn.name}（{self.item_htn.unit}）"
        rows = [["Period", "Clinic Code", item], ["2025Q1", "T11", "3"], ["2025Q1", "T12", "4"]]
        vals = {"period_id": self.q1.id}
        key = "township_public_health_a"
        return [Route("bphs.workload.import", key, rows, code=1, figure=2, vals=vals, strict=True)]
