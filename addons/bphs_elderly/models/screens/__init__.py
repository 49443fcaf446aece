from . import bphs_followup
from . import bphs_resident
from . import bphs_elderly_standing
from . import bphs_elderly_place_mixin
from . import bphs_elderly_board
from . import bphs_elderly_board_years
from . import bphs_visit
