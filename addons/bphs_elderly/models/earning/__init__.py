from . import bphs_earning
