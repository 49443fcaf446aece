from . import our_forms
from . import amounts_in_yuan
from . import first_field
from . import long_titles
