from . import mixins
from . import funding
from . import scheme
from . import settling
from . import township
from . import paying
from . import printing
from . import home
