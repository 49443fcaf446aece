from . import bphs_workload
from . import bphs_waiting
from . import bphs_home
