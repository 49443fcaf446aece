from . import test_told_apart
