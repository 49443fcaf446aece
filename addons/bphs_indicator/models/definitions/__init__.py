from . import bphs_indicator_set
from . import bphs_indicator
