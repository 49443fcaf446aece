from . import bphs_approval_decide
from . import bphs_approval_decide_many
