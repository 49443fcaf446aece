from . import bphs_fund_payee_change
from . import bphs_fund_payee_import
from . import bphs_fund_payment_result
from . import bphs_fund_payment_fail
from . import bphs_fund_notice_close
