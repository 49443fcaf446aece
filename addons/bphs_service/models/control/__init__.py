from . import bphs_control_ruleset
from . import bphs_control_rule
