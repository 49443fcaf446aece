from . import mixins
from . import clocks
from . import forms
from . import visits
from . import plans
from . import facts
from . import findings
from . import referrals
