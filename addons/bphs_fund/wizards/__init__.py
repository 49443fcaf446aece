from . import bphs_fund_scheme_publish
