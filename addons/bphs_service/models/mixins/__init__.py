from . import bphs_open_part_mixin
from . import bphs_versioned_mixin
