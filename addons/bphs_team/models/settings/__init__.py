from . import bphs_contract_term
from . import bphs_team_post
from . import bphs_team_weight
