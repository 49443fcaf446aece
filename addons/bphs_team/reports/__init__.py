from . import agreement
from . import ledger
from . import registry
