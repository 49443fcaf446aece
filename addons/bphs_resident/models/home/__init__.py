from . import bphs_resident_export
from . import bphs_waiting
from . import bphs_home
