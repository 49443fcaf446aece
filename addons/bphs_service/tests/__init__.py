from .clocks import test_clock, test_vectors
from .visits import test_visit, test_visit_form, test_visit_rights
from . import test_every_way
from . import test_rights
from .plans import test_plans, test_followups, test_plan_vectors
