from . import test_import
from . import test_resident
from . import test_search
