from . import bphs_print
