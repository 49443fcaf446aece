from . import test_answering
from . import test_doors
from . import test_menu_forms
from . import test_questionnaires
from . import test_rates
from . import test_rights
from . import test_survey
