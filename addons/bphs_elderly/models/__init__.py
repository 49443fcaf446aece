from . import rulesets
from . import facts
from . import grading
from . import plans
from . import screens
from . import trial
from . import home
from . import earning
