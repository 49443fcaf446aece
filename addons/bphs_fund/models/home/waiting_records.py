"""Whatever here waits for a person tells those it concerns when it changes hands.

Approvals tell by their requests; here is what waits outside of them.
"""

from odoo import models


class BphsFundReceipt(models.Model):
    _name = "bphs.fund.receipt"
    _inherit = ["bphs.fund.receipt", "bphs.waiting.mixin"]
    _waiting_fields = ("state", "proposed_by_id")


class BphsFundReturn(models.Model):
    _name = "bphs.fund.return"
    _inherit = ["bphs.fund.return", "bphs.waiting.mixin"]
    _waiting_fields = ("state", "proposed_by_id")


class BphsFundBudgetChange(models.Model):
    _name = "bphs.fund.budget.change"
    _inherit = ["bphs.fund.budget.change", "bphs.waiting.mixin"]
    _waiting_fields = ("state", "proposed_by_id")


class BphsBankAccount(models.Model):
    _name = "bphs.bank.account"
    _inherit = ["bphs.bank.account", "bphs.waiting.mixin"]
    _waiting_fields = ("state", "proposed_by_id")


class BphsFundPaymentLine(models.Model):
    _name = "bphs.fund.payment.line"
    _inherit = ["bphs.fund.payment.line", "bphs.waiting.mixin"]


class BphsFundSettlement(models.Model):
    _name = "bphs.fund.settlement"
    _inherit = ["bphs.fund.settlement", "bphs.waiting.mixin"]
    _waiting_fields = ("sent_on",)


class BphsFundSettlementLine(models.Model):
    _name = "bphs.fund.settlement.line"
    _inherit = ["bphs.fund.settlement.line", "bphs.waiting.mixin"]
    _waiting_fields = ("confirm_state",)

    def _tell_waiting(self):
        # Computed lines are the run's own until they are sent: that a settlement is sent tells of all of them.
        sent = self.filtered(lambda line: line.sudo().settlement_id.sent_on)  # sudo: the doctor does not see it
        return super(BphsFundSettlementLine, sent)._tell_waiting()


class BphsFundObjection(models.Model):
    _name = "bphs.fund.objection"
    _inherit = ["bphs.fund.objection", "bphs.waiting.mixin"]


class BphsFundNotice(models.Model):
    _name = "bphs.fund.notice"
    _inherit = ["bphs.fund.notice", "bphs.waiting.mixin"]
