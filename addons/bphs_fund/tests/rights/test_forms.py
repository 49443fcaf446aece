from odoo.tests import tagged

from odoo.addons.bphs_base.tests.forms import FormsCase

from ..common import FundCase


@tagged("post_install", "-at_install")
class TestForms(FormsCase, FundCase):
    forms_module = "bphs_fund"

    def form_values(self, model, key):
        return {
            "bphs.bank.account": {"holder": "测试", "bank": "某银行", "account_number": "6217 0000 1234 5678"},
            "bphs.fund.score": {"reason": "考核扣款"},
            "bphs.fund.return": {"amount": 100, "reason": "多拨"},
        }.get(model, {})
