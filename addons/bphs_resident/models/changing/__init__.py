from . import bphs_resident_duplicate
from . import bphs_resident_merge
from . import bphs_resident_merging
from . import bphs_resident_move
