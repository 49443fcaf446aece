from . import bphs_form_template
from . import bphs_form_question
