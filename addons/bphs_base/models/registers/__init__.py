from . import bphs_division
from . import bphs_institution
from . import bphs_document
from . import bphs_population
from . import bphs_service_item
from . import bphs_working_day
from . import bphs_import_mapping
