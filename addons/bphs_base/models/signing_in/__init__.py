from . import bphs_wrong_password
from . import ir_http
from . import res_users
