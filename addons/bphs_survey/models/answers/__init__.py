from . import bphs_survey_answer
from . import bphs_survey_door
from . import bphs_survey_taking
