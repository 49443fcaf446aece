from . import bphs_resident_search
from . import bphs_resident_number
from . import bphs_resident_rows
from . import bphs_resident_opening
from . import bphs_resident_access
from . import bphs_resident_limit
from . import res_users
