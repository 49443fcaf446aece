from . import test_contract_import
