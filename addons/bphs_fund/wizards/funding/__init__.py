from . import bphs_fund_countersign
