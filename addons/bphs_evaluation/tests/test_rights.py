from odoo.tests import tagged

from odoo.addons.bphs_base.tests.rights import RightsCase

from .common import EvaluationCase


@tagged("post_install", "-at_install")
class TestRights(RightsCase, EvaluationCase):
    rights_module = "bphs_evaluation"
