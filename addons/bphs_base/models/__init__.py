from . import platform
from . import mixins
from . import registers
from . import periods
from . import printing
