from datetime import timedelta

from odoo.tests import tagged

from odoo.addons.bphs_base.tests.forms import FormsCase

from ..common import RectificationCase


@tagged("post_install", "-at_install")
class TestMenuForms(FormsCase, RectificationCase):
    forms_module = "bphs_rectification"

    def form_values(self, model, key):
        today = self.env["base"]._county_today()
        return {
            "bphs.supervision.letter": {"reply_by": today + timedelta(10)},
            "bphs.problem.type": {"code": "NEW", "name": "新类型"},
        }.get(model, {})
