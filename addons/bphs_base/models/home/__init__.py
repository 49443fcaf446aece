from . import bphs_waiting_told
from . import bphs_waiting
from . import bphs_waiting_mixin
from . import bphs_home
from . import bphs_home_kept
from . import bphs_home_administrator
