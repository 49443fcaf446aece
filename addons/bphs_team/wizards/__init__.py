from . import contracting
from . import bphs_team_balance
from . import bphs_team_change
from . import bphs_team_close
from . import bphs_team_ledger
