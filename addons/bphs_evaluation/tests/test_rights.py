from odoo.tests import tagged

from odoo.addons.bphs_base.tests.rights import RightsCase

from .common import EvaluationCase


@tagged("post_install", "-at_install")
class TestRights(RightsCase, EvaluationCase):
    # The tests are inherited, and Odoo runs inherited tests only where it is told to.
    allow_inherited_tests_method = True
    rights_module = "bphs_evaluation"
