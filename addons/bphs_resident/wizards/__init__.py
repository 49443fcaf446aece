from . import bphs_resident_merging
from . import bphs_resident_moving
