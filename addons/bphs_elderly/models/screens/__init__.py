from . import bphs_resident
from . import bphs_elderly_standing
from . import bphs_elderly_board
from . import bphs_home
from . import bphs_visit
