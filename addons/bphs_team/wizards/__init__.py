from . import contracting
