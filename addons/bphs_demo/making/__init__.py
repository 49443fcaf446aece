"""The demo county, made by its own people through the steps the suite gives them.

Deterministic: the same county on every installation. One file a chapter of its year, in order.
"""

import logging

from .contracts import contracts
from .county import County
from .duplicates import duplicates
from .education import education
from .elders import elders
from .evaluation import evaluate
from .exams import exams
from .fourth_quarter import leave_fourth_quarter_open
from .indicators import indicators
from .lists import lists
from .money import budget, payees, plans, scheme
from .moves import moves
from .outside import outside
from .people import people
from .populations import populations
from .quarters import (
    prepay_fourth_quarter,
    settle_first_quarter,
    settle_second_quarter,
    settle_third_quarter,
)
from .rectification import rectify
from .registers import divisions, institutions
from .releases import release_what_was_put_right
from .residents import residents
from .roll import roll
from .screening import screening
from .services import services
from .sessions import sessions
from .supervision import supervise
from .teams import teams
from .township_institutions import settle_township_institutions
from .training import train_and_guide
from .truth import truth
from .workers import workers

_logger = logging.getLogger(__name__)

YEAR = (
    divisions,
    institutions,
    people,
    workers,
    budget,
    scheme,
    payees,
    plans,
    settle_first_quarter,
    settle_second_quarter,
    settle_third_quarter,
    prepay_fourth_quarter,
    leave_fourth_quarter_open,
    rectify,
    supervise,
    train_and_guide,
    release_what_was_put_right,
    settle_township_institutions,
    evaluate,
    populations,
    residents,
    teams,
    moves,
    duplicates,
    roll,
    lists,
    contracts,
    services,
    education,
    exams,
    screening,
    truth,
    sessions,
    elders,
    outside,
    indicators,
)


def make_county(env):
    """Make the county of `env`'s database; the year from the registers to the open fourth quarter."""
    county = County(env)
    for chapter in YEAR:
        _logger.info("Demo county: %s", chapter.__name__.replace("_", " "))
        chapter(county)
        county.env.flush_all()
