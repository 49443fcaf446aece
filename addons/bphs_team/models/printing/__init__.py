from . import bphs_team_print
