from odoo.tests import tagged

from odoo.addons.bphs_base.tests.rights import RightsCase

from ..paying_case import PayingCase

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
        return {
            "bphs.fund.payable.action_hold": (self.open_payable, self.hold_back),
            "bphs.fund.payment.action_fill": self.try_fill,
            "bphs.fund.payment.action_mark_paid": (self.approved_batch, self.mark_paid),
            "bphs.fund.payment.line.action_mark_failed": (self.approved_batch, self.mark_failed),
            "bphs.fund.payment.line.action_confirm_failed": (self.approved_batch, self.confirm_failed),
            "bphs.fund.payment.line.action_confirm_received": (self.paid_batch, self.receive),
            "bphs.fund.notice.action_publish": (self.settled_notice, self.publish_notice),
            "bphs.fund.return.action_confirm": (self.paid_batch, self.confirm_return),
            "bphs.fund.budget.change.action_confirm": self.change_budget,
            "bphs.fund.receipt.action_confirm": self.try_draft_receipt,
            "bphs.fund.receipt.action_reverse": self.try_confirmed_receipt,
            "bphs.fund.scheme.action_publish": self.try_publish,
            "bphs.fund.scheme.action_new_version": self.try_new_version,
            "bphs.fund.plan.action_confirm": self.try_confirm_plan,
            "bphs.fund.plan.action_reopen": self.try_reopen_plan,
            "bphs.bank.account.action_verify": self.try_verify_account,
        }

    def try_draft_receipt(self, key):
        self.countersign(self.create_receipt(key="finance_officer_2"), key)

    def try_confirmed_receipt(self, key):
        receipt = self.create_receipt()
        self.countersign(receipt)
        receipt.with_user(self.user[key]).action_reverse()

    def try_publish(self, key):
        self.create_scheme(period_from_id=self.q2.id).with_user(self.user[key]).action_publish()

    def try_new_version(self, key):
        self.scheme.with_user(self.user[key]).action_new_version()

    def try_confirm_plan(self, key):
        self.create_plan(self.clinic_a2).with_user(self.user[key]).action_confirm()

    def try_reopen_plan(self, key):
        plan = self.create_plan(self.clinic_a2)
        plan.action_confirm()
        plan.with_user(self.user[key]).action_reopen()

    def try_verify_account(self, key):
        account = self.as_user("finance_officer_2", "bphs.bank.account").create(
            {
                "holder": "张小明",
                "bank": "农商行",
                "account_number": "6217000012345678",
                "institution_id": self.clinic_a1.id,
            }
        )
        self.countersign(account, key)

    def try_fill(self, key):
        self.batch_of().with_user(self.user[key]).action_fill()

    def approved_batch(self):
        self.arrive(central=10000.0)
        self.account(self.township_a, self.township_a.name, "99990000000000009")
        self.prepay(self.q1)
        self.pay_by("township")
        payment = self.batch()
        self.pay_batch(payment)
        return payment

    def paid_batch(self):
        payment = self.approved_batch()
        payment.action_mark_paid("记-1", "2025-04-01")
        return payment

    def mark_paid(self, key, payment):
        payment.with_user(self.user[key]).action_mark_paid("记-1", "2025-04-01")

    def mark_failed(self, key, payment):
        payment.line_ids.with_user(self.user[key]).action_mark_failed("账号有误")

    def receive(self, key, payment):
        payment.line_ids.with_user(self.user[key]).action_confirm_received()

    def publish_notice(self, key, notice):
        notice.with_user(self.user[key]).action_publish()

    def confirm_return(self, key, payment):
        recorder = "finance_officer_2" if key == "finance_officer" else "finance_officer"
        money = self.as_user(recorder, "bphs.fund.return").create(
            {
                "institution_id": payment.line_ids.institution_id.id,
                "budget_id": self.budget.id,
                "amount": 1,
                "reason": "多拨",
            }
        )
        self.countersign(money, key)

    def open_payable(self):
        self.prepay(self.q1)
        return self.env["bphs.fund.payable"].search([("institution_id", "=", self.clinic_a1.id)])

    def hold_back(self, key, payable):
        payable.with_user(self.user[key]).action_hold(1, "待核查")

    def confirm_failed(self, key, payment):
        by = "finance_officer_2" if key == "finance_officer" else "finance_officer"
        self.as_user(by, payment.line_ids).action_mark_failed("账号有误")
        self.as_user(key, payment.line_ids).action_confirm_failed()

    def change_budget(self, key):
        terms = {**self.budget._terms(), "standard": 94.0, "document_id": self.document.id}
        changes = self.as_user("finance_officer_2", "bphs.fund.budget.change")
        self.countersign(changes.create({"budget_id": self.budget.id, **terms}), key)

    def batch_of(self):
        return self.as_user("finance_officer", "bphs.fund.payment").create({"budget_id": self.budget.id})

    def settled_notice(self):
        self.prepay(self.q1)
        self.work(self.clinic_a1, self.q1, {self.item_ehr: 100})
        self.score(self.clinic_a1, self.q1, 92)
        return self.as_user("finance_officer", "bphs.fund.notice").create(
            {"run_id": self.settle(self.q1).id, "place": "公示栏", "phone": "0355-0000000"}
        )
