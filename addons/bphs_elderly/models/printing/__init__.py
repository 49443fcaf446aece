from . import bphs_print_forms
from . import bphs_resident
