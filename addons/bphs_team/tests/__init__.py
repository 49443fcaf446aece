from . import test_rights
from .teams import test_team
