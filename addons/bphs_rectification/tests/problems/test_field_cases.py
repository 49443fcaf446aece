from odoo.tests import tagged

from odoo.addons.bphs_base.tests.field_cases import FieldCases, Route

from ..common import RectificationCase


@tagged("post_install", "-at_install")
class TestFieldCases(FieldCases, RectificationCase):
    """Lists of problems, from files as they come."""

    allow_inherited_tests_method = True

    def routes(self):
        headings = ["Unit", "Problem", "Term"]
        rows = [headings, ["甲镇卫生院", "三人用药未填写", "30天"], ["乙镇卫生院", "一人档案空项", "立行立改"]]
        return [Route("bphs.problem.import", "rectification_clerk", rows, code=0, name=1, fills=True)]
