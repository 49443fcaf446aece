from . import bphs_indicator_import
