from . import bphs_approval_decide
