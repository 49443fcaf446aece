from . import bphs_print_template
from . import bphs_print_column
from . import bphs_print_log
