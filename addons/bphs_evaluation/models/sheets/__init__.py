from . import bphs_evaluation_sheet
from . import bphs_evaluation_sheet_step
from . import bphs_evaluation_line
from . import bphs_evaluation_line_rates
from . import bphs_evaluation_count
from . import bphs_evaluation_crossing
from . import bphs_evaluation_objection
from . import bphs_evaluation_evidence
