from . import bphs_evaluation_scheme
from . import bphs_evaluation_red_line
from . import bphs_evaluation_group
from . import bphs_evaluation_item
from . import bphs_evaluation_item_part
from . import bphs_evaluation_item_step
from . import bphs_evaluation_item_case
from . import bphs_evaluation_scheme_document
