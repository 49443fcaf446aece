from . import bphs_fund_budget
from . import bphs_fund_source
from . import bphs_fund_entry
from . import bphs_fund_standing
from . import bphs_fund_receipt
from . import bphs_fund_budget_change
from . import bphs_fund_return
from . import bphs_document
