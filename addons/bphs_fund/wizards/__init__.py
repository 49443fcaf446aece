from . import funding
from . import scheme
from . import settling
from . import paying
