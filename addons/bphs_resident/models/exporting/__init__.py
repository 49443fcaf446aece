from . import bphs_resident_export
from . import bphs_resident_export_sheet
from . import bphs_resident_taken_out
from . import bphs_taken_out_mixin
from . import bphs_print_log
