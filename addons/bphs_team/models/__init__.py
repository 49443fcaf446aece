from . import teams
from . import packages
from . import contracting
from . import fulfilling
from . import importing
