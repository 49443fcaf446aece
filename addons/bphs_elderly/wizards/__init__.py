from . import listed
from . import bphs_elderly_ruleset_import
