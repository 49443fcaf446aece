from . import schemes
from . import sheets
from . import rounds
from . import samples
from . import home
