from . import platform
from . import mixins
from . import registers
from . import people
from . import periods
from . import printing
from . import setup
from . import home
