from . import bphs_phone_card
from . import bphs_append_only_mixin
from . import bphs_money_mixin
from . import bphs_upload_limit_mixin
from . import bphs_scope_mixin
from . import bphs_period_guard_mixin
from . import bphs_print_mixin
from . import bphs_state_colours
