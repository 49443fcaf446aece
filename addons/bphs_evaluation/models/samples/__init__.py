from . import bphs_evaluation_sample
from . import bphs_evaluation_sample_frame
from . import bphs_evaluation_sample_fill
from . import bphs_evaluation_sample_record
from . import bphs_evaluation_sample_apply
from . import res_config_settings
