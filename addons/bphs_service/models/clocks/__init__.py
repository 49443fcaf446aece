from . import bphs_clock
from . import bphs_clock_step
