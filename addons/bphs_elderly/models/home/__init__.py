from . import bphs_waiting
from . import bphs_home
