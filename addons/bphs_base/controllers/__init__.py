from . import breadcrumbs
from . import bphs_print
from . import first_password
from . import link_preview
from . import second_factor
from . import sign_in_slips
from . import remote_calls
from . import told_errors
