from . import bphs_team
from . import bphs_team_member
from . import bphs_team_village
