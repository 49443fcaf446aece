from . import bphs_referral
from . import bphs_referral_remind
from . import bphs_referral_links
from . import bphs_waiting
