from . import bphs_training
from . import bphs_guidance
from . import bphs_guidance_standing
from . import bphs_guidance_coverage
