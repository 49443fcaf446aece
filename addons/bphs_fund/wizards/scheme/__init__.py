from . import bphs_fund_scheme_publish
from . import bphs_fund_plan_generate
from . import bphs_fund_clinic_import
from . import bphs_fund_plan_import
from . import bphs_fund_score_import
