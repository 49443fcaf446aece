from . import bphs_household
from . import bphs_followup
from . import bphs_visit
from . import bphs_home
