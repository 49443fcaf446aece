from . import bphs_contract_sign
from . import bphs_contract_bulk
from . import bphs_contract_ending
from . import bphs_contract_changing
from . import bphs_contract_rates
from . import bphs_contract_village_list
