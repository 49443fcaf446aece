from . import answering
from . import closed_sign_up
from . import closed_survey
