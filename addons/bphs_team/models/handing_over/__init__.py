from . import bphs_handover
from . import bphs_handover_line
from . import bphs_handover_row
from . import bphs_handover_work
from . import bphs_handover_give
