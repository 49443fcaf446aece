from . import test_bank_account
from . import test_entry
from . import test_payee
from . import test_plan
from . import test_receipt
from . import test_scheme
from . import test_score
from . import test_vectors
