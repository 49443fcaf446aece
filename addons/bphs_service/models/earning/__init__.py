from . import bphs_earning_rule
from . import bphs_earning_sharing
from . import bphs_earning
from . import bphs_earning_page
from . import bphs_visit
from . import bphs_workload_line
from . import bphs_workload
from . import bphs_earning_workers
