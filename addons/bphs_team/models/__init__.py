from . import teams
