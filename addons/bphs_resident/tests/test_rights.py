from odoo.tests import tagged

from odoo.addons.bphs_base.tests.rights import RightsCase

from .common import ResidentCase


@tagged("post_install", "-at_install")
class TestRights(RightsCase, ResidentCase):
    rights_module = "bphs_resident"

    @property
    def rights_actions(self):
        return {
            "bphs.resident.search_page": lambda key: self.as_user(key, self.Resident).search_page("张三丰"),
            "bphs.resident.action_unmask": self._unmask,
        }

    def _unmask(self, key):
        resident = self.as_user(key, self.zhang if not key.endswith("_b") else self.zhang_b)
        if key in ("primary_care_officer", "county_specialist"):
            resident.action_open("核查")
        resident.action_unmask("phone", "核查")
