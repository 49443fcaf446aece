from . import bphs_period_lock_change
