from . import bphs_team
from . import bphs_team_row
from . import bphs_team_member
from . import bphs_team_village
from . import bphs_team_assign
from . import bphs_team_dialogs
from . import bphs_worker
from . import bphs_resident
