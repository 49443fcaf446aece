from . import doors
from . import questionnaires
from . import surveys
from . import answers
from . import rounds
