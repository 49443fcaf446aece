from . import sealing
from . import mixins
from . import register
from . import finding
from . import importing
from . import changing
from . import figures
from . import exporting
