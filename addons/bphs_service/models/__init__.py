from . import clocks
