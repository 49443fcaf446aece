from . import bphs_indicator_target_table
from . import bphs_indicator_target
from . import bphs_indicator_issue
from . import bphs_indicator_issue_share
from . import bphs_indicator_task
from . import bphs_indicator_action
from . import bphs_print_forms
