from . import bphs_resident_search
from . import bphs_resident_opening
from . import bphs_resident_access
from . import res_users
