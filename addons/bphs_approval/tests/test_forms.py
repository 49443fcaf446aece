from odoo.tests import tagged

from odoo.addons.bphs_base.tests.forms import FormsCase


@tagged("post_install", "-at_install")
class TestForms(FormsCase):
    forms_module = "bphs_approval"

    def form_values(self, model, key):
        if model != "bphs.approval.delegation":
            return {}
        role = self.user[key].role_line_ids.role_id.group_id.implied_ids.filtered("privilege_id")[:1]
        other = self.user["auditor" if key != "auditor" else "leader"]
        return {"to_user_id": other, "group_id": role, "date_to": "2031-01-01"}
