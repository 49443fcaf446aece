from . import bphs_elderly_rung
from . import bphs_followup
from . import bphs_team
