from . import bphs_fund_allotment
from . import bphs_fund_allotment_line
from . import bphs_fund_allotment_post
