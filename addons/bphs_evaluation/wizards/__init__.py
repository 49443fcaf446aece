from . import bphs_evaluation_scheme_import
