from . import bphs_spread_ids_mixin
from . import bphs_logged_reading_mixin
from . import bphs_readable_links_mixin
