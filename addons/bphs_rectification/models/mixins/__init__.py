from . import bphs_evidence_mixin
from . import bphs_quarter_work_mixin
