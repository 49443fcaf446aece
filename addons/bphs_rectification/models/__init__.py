from . import mixins
from . import problems
from . import tasks
from . import statistics
from . import supervision
from . import guidance
from . import home
