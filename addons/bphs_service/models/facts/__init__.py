from . import bphs_dated_fact_mixin
from . import bphs_running_fact_mixin
from . import bphs_condition
from . import bphs_acute_event
from . import bphs_social_fact
from . import bphs_resident_facts
from . import bphs_resident_register
