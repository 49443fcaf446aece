from . import bphs_resident_import
from . import bphs_resident_import_files
from . import bphs_resident_import_finding
from . import bphs_resident_import_match
from . import bphs_resident_import_check
from . import bphs_resident_import_load
from . import bphs_resident_import_numbers
from . import bphs_resident_import_logged
