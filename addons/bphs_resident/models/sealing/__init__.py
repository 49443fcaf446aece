from . import integer_list
from . import keyring
from . import keyring_rotation
