from . import bphs_team_session
from . import bphs_team_session_line
from . import bphs_team
from . import bphs_resident
