from . import bphs_elderly_easing
from . import bphs_elderly_easing_list
from . import bphs_elderly_picture
