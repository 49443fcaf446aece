from . import columns
from . import file_state
from . import identity
from . import pinyin
from . import sealing
from . import tokens
