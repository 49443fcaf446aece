from . import bphs_fund_hold_task
from . import bphs_fund_payable_hold
