from . import bphs_authenticity_check
from . import bphs_authenticity_finding
from . import bphs_authenticity_evidence
from . import bphs_authenticity_search
from . import bphs_authenticity_run
from . import bphs_institution
