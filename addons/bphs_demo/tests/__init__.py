from . import test_county
from . import test_first_screen
from . import test_rectification
from . import test_register
from . import test_state_colours
from . import test_teams
from . import test_roll_mistakes
