from .clocks import test_clock, test_vectors
from . import test_rights
