from . import bphs_form_template
from . import bphs_visit
from . import bphs_service_link
from . import bphs_contract
from . import bphs_worker
from . import bphs_resident
from . import bphs_team
