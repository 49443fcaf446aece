from . import bphs_elderly_code
from . import bphs_elderly_ruleset
from . import bphs_elderly_ruleset_document
from . import bphs_elderly_rule
from . import bphs_elderly_condition
from . import bphs_elderly_condition_words
