from . import bphs_workload_open
from . import bphs_workload_import_mixin
from . import bphs_workload_import
from . import bphs_workload_findings_import
