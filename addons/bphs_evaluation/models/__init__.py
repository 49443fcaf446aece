from . import schemes
from . import sheets
from . import rounds
from . import home
