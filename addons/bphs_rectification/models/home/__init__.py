from . import told_at_once
from . import bphs_waiting
from . import bphs_home
