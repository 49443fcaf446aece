from . import test_rights
from .teams import test_assign
from .teams import test_team
