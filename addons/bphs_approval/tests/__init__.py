from . import test_states
from . import test_approval
