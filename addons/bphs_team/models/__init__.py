from . import settings
from . import teams
from . import absences
from . import board
from . import handing_over
from . import home
from . import printing
