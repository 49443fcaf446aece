from . import agreement
from . import ledger
