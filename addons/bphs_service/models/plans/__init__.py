from . import bphs_plan
from . import bphs_plan_mute
from . import bphs_plan_set
from . import bphs_followup
from . import bphs_followup_set
from . import bphs_resident
from . import bphs_visit
