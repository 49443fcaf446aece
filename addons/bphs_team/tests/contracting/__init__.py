from . import test_contract
from . import test_contract_handover
from . import test_contract_print
from . import test_dialogs
