from . import test_every_way
from . import test_forms
from . import test_links
from . import test_rights
from .contracting import test_contract, test_contract_handover, test_contract_print, test_dialogs
from .fulfilling import test_rates
from .importing import test_contract_import
from .board import test_balance
from .board import test_board
from .handing_over import test_handover
from .home import test_home
from .printing import test_print
from .sampling import test_contract_sample
from .sessions import test_sessions
from .teams import test_assign
from .teams import test_histories
from .teams import test_team
