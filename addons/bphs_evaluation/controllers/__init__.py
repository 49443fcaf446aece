from . import bphs_evaluation_pack
