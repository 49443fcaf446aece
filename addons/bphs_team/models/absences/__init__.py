from . import bphs_team_absence
