from . import bphs_finding_rule
from . import bphs_finding
from . import bphs_finding_follow
from . import bphs_visit
from . import bphs_resident
