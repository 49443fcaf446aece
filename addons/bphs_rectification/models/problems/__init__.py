from . import bphs_problem_type
from . import bphs_problem
from . import bphs_problem_line
from . import bphs_unit_name
