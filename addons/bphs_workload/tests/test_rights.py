from odoo.tests import tagged

from odoo.addons.bphs_base.tests.rights import RightsCase

from .common import WorkloadCase


@tagged("post_install", "-at_install")
class TestRights(RightsCase, WorkloadCase):
    rights_module = "bphs_workload"

    @property
    def rights_actions(self):
        return {
            "bphs.workload.action_submit": lambda key: self.attempt(key, "draft").action_submit(),
            "bphs.workload.action_verify": lambda key: self.attempt(key, "submitted").action_verify(),
            "bphs.workload.action_return": lambda key: self.attempt(key, "submitted").action_return("数据有误"),
            "bphs.workload.action_lock": lambda key: self.attempt(key, "verified").action_lock(),
            "bphs.workload.action_add_missing_items": lambda key: self.attempt(key, "draft").action_add_missing_items(),
        }

    def attempt(self, key, state):
        """:return: a statement of the user's scope in this state, as the user of ``key``"""
        statement = self.statement_a1
        self.line(statement, self.item_htn).reported = 3
        if state != "draft":
            statement.action_submit()
        if state == "verified":
            statement.action_verify()
        return self.as_user(key, statement)
