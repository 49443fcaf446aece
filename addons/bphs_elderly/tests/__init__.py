from . import test_shipped_rulesets
from . import test_ruleset_steps
from . import test_ruleset_conditions
from . import test_rights
from . import test_vectors
from . import test_waiting
from .grading import test_grading_vectors
from .grading import test_standing
