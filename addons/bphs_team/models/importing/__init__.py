from . import bphs_contract_import
from . import bphs_contract_import_match
from . import bphs_contract_import_load
