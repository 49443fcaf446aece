from . import bphs_elderly_trial
from . import bphs_elderly_trial_line
from . import bphs_elderly_ruleset
