from . import bphs_period
from . import bphs_period_lock
from . import bphs_period_exception
