from . import definitions
from . import computing
from . import targets
from . import screens
from . import evaluation
