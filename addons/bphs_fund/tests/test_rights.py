from odoo.tests import tagged

from odoo.addons.bphs_base.tests.rights import RightsCase

from .paying_case import PayingCase

# Besides what lies in their scope, users read the published schemes of the bureau above them.
SCHEME_RULE = (
    '["|",("institution_id","child_of",user.bphs_institution_ids.ids),"&",("state","!=","draft"),'
    '("institution_id","parent_of",user.bphs_institution_ids.ids)]'
)


@tagged("post_install", "-at_install")
class TestRights(RightsCase, PayingCase):
    rights_module = "bphs_fund"
    scope_rules = {"bphs.fund.scheme": SCHEME_RULE}

    @property
    def rights_actions(self):
        def draft_receipt(key):
            self.create_receipt().with_user(self.user[key]).action_confirm()

        def confirmed_receipt(key):
            receipt = self.create_receipt()
            receipt.action_confirm()
            receipt.with_user(self.user[key]).action_reverse()

        def publish(key):
            self.scheme.with_user(self.user[key]).action_publish()

        def new_version(key):
            self.publish()
            self.scheme.with_user(self.user[key]).action_new_version()

        def confirm_plan(key):
            self.publish()
            self.create_plan().with_user(self.user[key]).action_confirm()

        def reopen_plan(key):
            self.publish()
            plan = self.create_plan()
            plan.action_confirm()
            plan.with_user(self.user[key]).action_reopen()

        def verify_account(key):
            account = self.as_user("finance_officer_2", "bphs.bank.account").create(
                {
                    "holder": "张小明",
                    "bank": "农商行",
                    "account_number": "6217000012345678",
                    "institution_id": self.clinic_a1.id,
                }
            )
            account.with_user(self.user[key]).action_verify()

        return {
            "bphs.fund.receipt.action_confirm": draft_receipt,
            "bphs.fund.receipt.action_reverse": confirmed_receipt,
            "bphs.fund.scheme.action_publish": publish,
            "bphs.fund.scheme.action_new_version": new_version,
            "bphs.fund.plan.action_confirm": confirm_plan,
            "bphs.fund.plan.action_reopen": reopen_plan,
            "bphs.bank.account.action_verify": verify_account,
        }
