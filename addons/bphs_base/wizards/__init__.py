from . import bphs_period_lock_change
from . import bphs_import_wizard
from . import bphs_division_import
from . import bphs_institution_import
