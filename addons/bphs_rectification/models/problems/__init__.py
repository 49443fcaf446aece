from . import bphs_problem_type
from . import bphs_problem
from . import bphs_problem_line
