from odoo.tests import tagged

from odoo.addons.bphs_base.tests.rights import RightsCase

from .common import IndicatorCase


@tagged("post_install", "-at_install")
class TestRights(RightsCase, IndicatorCase):
    rights_module = "bphs_indicator"
    # Read also by whom it is handed down to.
    scope_rules = {
        "bphs.indicator.issue": (
            '["|",("institution_id","child_of",user.bphs_institution_ids.ids),"&",("state","!=","draft"),'
            '("rule_task_ids.institution_id","in",user.bphs_institution_ids.ids)]'
        )
    }

    @property
    def rights_actions(self):
        table = self.env["bphs.indicator.target.table"].search([("region", "=", "济南")])
        return {
            "bphs.indicator.target.table.action_take_over": lambda key: self.as_user(key, table).action_take_over(),
        }
