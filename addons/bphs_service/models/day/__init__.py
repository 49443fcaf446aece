from . import bphs_household
from . import bphs_followup
from . import bphs_visit
from . import bphs_home
from . import bphs_followup_mine
from . import bphs_followup_assign
from . import bphs_visit_also_due
