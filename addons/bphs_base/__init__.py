from . import controllers
from . import models
from . import wizards
from .hooks import post_init_hook, pre_init_hook, uninstall_hook
from .tools.statement_log import guard

# Failed statements are logged by every database this server serves.
guard()
