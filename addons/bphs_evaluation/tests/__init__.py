from . import test_worked_round
