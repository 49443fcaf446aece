from . import rulesets
from . import facts
from . import grading
from . import home
