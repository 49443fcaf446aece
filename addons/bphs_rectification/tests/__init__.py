from . import test_evidence
from . import test_extension
from . import test_import
from . import test_issue
from . import test_problem
from . import test_rights
from . import test_scope
from . import test_steps
