from . import test_rights
from .contracting import test_contract, test_contract_print
from .fulfilling import test_rates
from .importing import test_contract_import
from .teams import test_team
