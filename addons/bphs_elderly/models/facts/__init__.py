from . import bphs_elderly_outside
from . import bphs_elderly_decision
