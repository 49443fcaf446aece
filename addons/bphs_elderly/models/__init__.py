from . import rulesets
from . import home
