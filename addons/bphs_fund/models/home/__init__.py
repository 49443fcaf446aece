from . import bphs_institution
from . import bphs_fund_settlement_line
from . import approval_figures
from . import bphs_waiting
from . import bphs_home
from . import bphs_home_money
from . import bphs_home_clinic
