from . import listed
from . import bphs_elderly_ruleset_import
from . import bphs_elderly_ledger
