from . import bphs_division
from . import bphs_institution
from . import res_users
