from odoo.tests import tagged

from odoo.addons.bphs_base.tests.rights import RightsCase


@tagged("post_install", "-at_install")
class TestRights(RightsCase):
    rights_module = "bphs_approval"
