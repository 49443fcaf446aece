from . import bphs_workload_open
from . import bphs_workload_return
