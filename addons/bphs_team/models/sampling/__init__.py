from . import bphs_draw_mixin
from . import bphs_contract_sample
from . import bphs_contract_sample_line
from . import bphs_contract_sample_unit
from . import bphs_contract
from . import bphs_team
