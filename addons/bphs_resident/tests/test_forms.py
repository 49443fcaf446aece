from odoo.tests import tagged

from odoo.addons.bphs_base.tests.forms import FormsCase

from .common import ResidentCase, id_number


@tagged("post_install", "-at_install")
class TestForms(FormsCase, ResidentCase):
    forms_module = "bphs_resident"

    def form_values(self, model, key):
        village = self.village_a1
        return {
            "bphs.resident": {"name": "新居民", "division_id": village, "id_number": id_number("19660606", 7)},
            "bphs.household": {"division_id": village},
            "bphs.resident.export": {"reason": "上门随访", "division_ids": village},
        }.get(model, {})
