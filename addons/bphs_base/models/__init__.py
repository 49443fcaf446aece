from . import bphs_money_mixin
from . import bphs_division
from . import bphs_institution
from . import bphs_scope_mixin
from . import bphs_period
from . import bphs_document
from . import bphs_service_item
from . import res_users
