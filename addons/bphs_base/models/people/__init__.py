from . import bphs_worker
from . import bphs_worker_post
from . import bphs_worker_links
from . import bphs_worker_steps
