from . import bphs_team_load
from . import bphs_team_board
