from . import test_rights
from .board import test_balance
from .board import test_board
from .handing_over import test_handover
from .home import test_home
from .printing import test_print
from .teams import test_assign
from .teams import test_team
