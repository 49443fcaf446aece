from . import test_rights
from .contracting import test_contract, test_contract_print
from .fulfilling import test_rates
from .teams import test_team
