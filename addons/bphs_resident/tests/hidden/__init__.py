from . import test_absent
from . import test_names_told
