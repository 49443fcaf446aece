from . import bphs_fund_scheme_publish
from . import bphs_fund_settlement_object
from . import bphs_fund_settlement_reverse
from . import bphs_fund_objection_answer
