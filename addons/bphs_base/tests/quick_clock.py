"""Stopping the clock takes a tenth of its time.

Whenever a test stops it, freezegun lists the names of each of some three thousand modules, to see whether one of them
has come by a clock of its own since. How many names it has tells that as well.
"""

import freezegun.api


def _state_of(module):
    return f"{id(module)}-{len(vars(module))}"


freezegun.api._get_module_attributes_hash = _state_of
