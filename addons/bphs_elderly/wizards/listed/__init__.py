from . import bphs_listed_fact_import
from . import bphs_social_fact_import
from . import bphs_acute_event_import
from . import bphs_elderly_outside_import
