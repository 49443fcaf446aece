from . import bphs_evaluation
from . import bphs_evaluation_item
from . import bphs_evaluation_line
