from . import bphs_print_pack
from . import bphs_print_pack_part
