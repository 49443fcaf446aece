from . import test_county
from . import test_period
from . import test_append_only
from . import test_working_day
from . import test_service_item
from . import test_import
from . import test_registers_import
