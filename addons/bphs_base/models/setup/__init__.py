from . import bphs_setup
from . import bphs_setup_base
