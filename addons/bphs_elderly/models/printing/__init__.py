from . import bphs_elderly_print
from . import bphs_resident
