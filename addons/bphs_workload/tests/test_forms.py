from odoo.tests import tagged

from odoo.addons.bphs_base.tests.forms import FormsCase


@tagged("post_install", "-at_install")
class TestForms(FormsCase):
    forms_module = "bphs_workload"
