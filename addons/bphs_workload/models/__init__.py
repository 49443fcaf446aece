from . import bphs_institution
from . import bphs_period
from . import bphs_workload
from . import bphs_workload_step
from . import bphs_workload_line
from . import bphs_workload_event
from . import bphs_workload_price
from . import home
