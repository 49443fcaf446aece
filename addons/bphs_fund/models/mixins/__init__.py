from . import bphs_print_forms
from . import bphs_fund_frozen_mixin
from . import bphs_fund_terms_mixin
from . import bphs_fund_countersign_mixin
