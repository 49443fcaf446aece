from . import settings
from . import teams
from . import absences
from . import board
