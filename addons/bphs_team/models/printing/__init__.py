from . import bphs_print_forms
