from . import bphs_worker_seen
from . import bphs_team_fall
from . import bphs_waiting
from . import bphs_home
from . import bphs_home_contracts
