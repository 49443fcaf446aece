from odoo.tests import tagged

from odoo.addons.bphs_base.tests.forms import FormsCase

from ..common import FundCase


@tagged("post_install", "-at_install")
class TestForms(FormsCase, FundCase):
    forms_module = "bphs_fund"
    forms_elsewhere = {"bphs_fund.bphs_fund_notice_action": "of a computed run: tests/paying/test_notice.py"}

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        periods = cls.env["bphs.period"]
        cls.next_year = periods.search([("code", "=", "2026")]) or periods._create_year(2026)
        cls.publish()

    def form_values(self, model, key):
        quarter = {"institution_id": self.bureau, "period_id": self.q1}
        return {
            "bphs.bank.account": {"holder": "测试", "bank": "某银行", "account_number": "6217 0000 1234 5678"},
            "bphs.fund.budget": {"institution_id": self.bureau, "period_id": self.next_year},
            "bphs.fund.scheme": {"period_id": self.year, "period_from_id": self.q4, "name": "另一办法"},
            "bphs.fund.plan": {"institution_id": self.clinic_a2, "period_id": self.year, "scheme_id": self.scheme},
            "bphs.fund.prepayment": quarter,
            "bphs.fund.allotment": quarter,
            "bphs.fund.run": quarter,
            "bphs.fund.score": {"reason": "考核扣款"},
            "bphs.fund.return": {"amount": 100, "reason": "多拨"},
        }.get(model, {})
