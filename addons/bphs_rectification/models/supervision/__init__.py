from . import bphs_supervision_letter
from . import bphs_interview
from . import bphs_lookback
from . import bphs_lookback_line
from . import bphs_quarterly_report
from . import bphs_quarterly_report_reminder
from . import bphs_quarterly_report_remind
