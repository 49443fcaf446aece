from . import bphs_contract
from . import bphs_contract_signing
from . import bphs_contract_renewing
from . import bphs_contract_ending
from . import bphs_contract_confirming
from . import bphs_resident
from . import bphs_team
from . import bphs_handover
