from . import bphs_elderly_outreach
from . import bphs_elderly_outreach_follow
from . import bphs_elderly_outreach_attempts
