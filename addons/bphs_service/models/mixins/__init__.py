from . import bphs_open_part_mixin
