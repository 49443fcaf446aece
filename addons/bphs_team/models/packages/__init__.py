from . import bphs_package
from . import bphs_package_item
