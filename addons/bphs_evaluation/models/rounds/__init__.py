from . import bphs_evaluation
from . import bphs_evaluation_step
from . import bphs_evaluation_score
from . import bphs_evaluation_replay
from . import bphs_evaluation_problem
from . import bphs_evaluation_bulletin
from . import bphs_print_forms
from . import bphs_fund_score
