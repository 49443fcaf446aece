from . import bphs_resident_figures
from . import bphs_resident_pyramid
from . import bphs_resident_indicators
