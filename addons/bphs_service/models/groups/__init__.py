from . import bphs_group_service
from . import bphs_visit
from . import bphs_patrol_object
from . import bphs_patrol
from . import bphs_print_forms
