from . import bphs_resident_export_refuse
from . import bphs_resident_merge_undo
from . import bphs_resident_merging
from . import bphs_resident_moving
