from . import rulesets
