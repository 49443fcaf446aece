from . import bphs_problem_import
from . import bphs_problem_import_name
from . import bphs_rectification_issue
from . import bphs_step_reason
from . import bphs_rectification_statistic_export
from . import bphs_rectification_print
from . import bphs_quarterly_report_open
