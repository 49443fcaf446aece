from . import bphs_indicator_counter
from . import bphs_indicator_value
from . import bphs_indicator_value_figures
from . import bphs_indicator_night
from . import bphs_resident
