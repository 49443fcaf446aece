from . import bphs_plan
