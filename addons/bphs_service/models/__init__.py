from . import mixins
from . import clocks
from . import control
from . import forms
from . import visits
from . import plans
