from . import bphs_fund_allotment_reverse
