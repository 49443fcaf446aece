from . import bphs_home
from . import bphs_indicator_board
from . import bphs_indicator_picture
from . import bphs_waiting
