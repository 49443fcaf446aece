from . import bphs_plan
from . import bphs_followup_attempt
from . import bphs_finding
from . import bphs_referral
from . import bphs_visit
from . import bphs_handover
