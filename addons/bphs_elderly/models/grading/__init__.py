from . import bphs_elderly_standing
from . import bphs_elderly_grading
from . import bphs_elderly_grader
from . import bphs_elderly_document
from . import bphs_resident
from . import bphs_dated_fact_mixin
from . import bphs_visit
