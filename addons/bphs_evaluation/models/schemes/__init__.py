from . import bphs_evaluation_scheme
from . import bphs_evaluation_scheme_part
from . import bphs_evaluation_item
from . import bphs_evaluation_item_part
from . import bphs_evaluation_scheme_document
