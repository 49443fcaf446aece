from . import test_resident
from . import test_search
