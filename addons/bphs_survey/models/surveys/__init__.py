from . import bphs_survey
from . import bphs_survey_rates
from . import bphs_survey_step
from . import bphs_survey_unit
from . import bphs_survey_invitation
from . import bphs_print_forms
