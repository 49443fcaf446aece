from . import test_rights
from .board import test_board
from .teams import test_assign
from .teams import test_team
