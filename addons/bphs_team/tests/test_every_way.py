from odoo.fields import Domain
from odoo.tests import tagged

from odoo.addons.bphs_resident.tests.every_way import EveryWay

from .contract_case import TODAY, ContractCase


@tagged("post_install", "-at_install")
class TestEveryWay(EveryWay, ContractCase):
    """Every model of teams and contracts."""

    module = "bphs_team"

    @classmethod
    def _make_records(cls):
        for resident, place in ((cls.near, "近处"), (cls.far, "远处"), (cls.ill, "隐疾")):
            contract = cls.env["bphs.contract"]._sign(Domain("id", "=", resident.id), cls.terms())
            contract._write_state({"end_note": f"{place}说明", "confirmed_note": f"{place}核实"})
            cls.env["bphs.service.record"].create(
                {
                    "resident_id": resident.id,
                    "date": TODAY,
                    "kind": "monitoring",
                    "worker_id": cls.worker_a1.id,
                    "note": f"{place}随访",
                }
            )
            sample = cls.env["bphs.contract.sample"].create({"institution_id": resident.institution_id.id})
            cls.env["bphs.contract.sample.line"]._put_down(sample, contract.ids)
