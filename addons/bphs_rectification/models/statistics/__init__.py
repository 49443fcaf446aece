from . import bphs_rectification_statistic
from . import bphs_rectification_trend
