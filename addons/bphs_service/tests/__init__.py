from .clocks import test_clock, test_vectors
from .visits import test_visit, test_visit_form, test_visit_rights
from . import test_rights
from .plans import test_plans, test_followups, test_plan_vectors
from .facts import test_facts, test_fact_rights
from .findings import test_findings
from .referrals import test_referrals
