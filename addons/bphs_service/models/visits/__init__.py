from . import bphs_medicine_mixin
from . import bphs_visit
from . import bphs_visit_form
from . import bphs_visit_control
from . import bphs_visit_last
from . import bphs_visit_medicine
from . import bphs_visit_scores
from . import bphs_resident
