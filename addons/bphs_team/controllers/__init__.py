from . import agreement
from . import contract_import
