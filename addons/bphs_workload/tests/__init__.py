from . import test_steps
from . import test_quantities
from . import test_scope
from . import test_rights
from . import test_import
from . import test_queries
from . import test_security_statements
from . import test_waiting_statements
