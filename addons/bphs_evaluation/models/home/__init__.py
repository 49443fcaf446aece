from . import bphs_waiting
