from .clocks import test_clock, test_vectors
from .visits import test_visit, test_visit_control, test_visit_form, test_visit_rights
from . import test_every_way
from . import test_rights
from .plans import (
    test_attempts,
    test_plan_export,
    test_plans,
    test_followup_sets,
    test_followups,
    test_plan_vectors,
    test_plan_versions,
)
from .facts import test_facts, test_fact_rights
from .findings import test_findings
from .findings import test_findings_set
from .referrals import test_referrals
from .contracts import test_fulfilment
from .day import test_also_due, test_day, test_exceptions, test_giving
from .groups import test_group_contracts, test_group_service, test_patrol
from .sampling import test_exam_sample
from .responsible import test_handover, test_load
from .earning import test_counting, test_page, test_statement, test_wings
from .authenticity import test_checks, test_doubts, test_picture
from .outside import test_outside_beside, test_outside_import, test_outside_push
from .screening import test_screening, test_screening_loop, test_screening_rights
