from . import test_shipped_rulesets
