from . import test_import
from . import test_resident
from . import test_rights
from . import test_rotation
from . import test_scope
from . import test_search
