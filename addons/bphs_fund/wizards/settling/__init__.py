from . import bphs_fund_settlement_object
from . import bphs_fund_settlement_reverse
from . import bphs_fund_objection_answer
from . import bphs_fund_hold_task
from . import bphs_fund_payable_hold
