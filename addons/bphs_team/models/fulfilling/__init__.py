from . import bphs_service_record
from . import bphs_service_link
from . import bphs_contract_promises
from . import bphs_contract_rates
from . import bphs_contract_rate_list
from . import bphs_contract_figure
from . import bphs_worker
