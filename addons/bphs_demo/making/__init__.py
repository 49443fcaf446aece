"""The demo county, made by its own people through the steps the suite gives them.

The same county on every installation, but for the numbers of those who come in by a roll: its rows are matched by
sealed numbers, whose order is each installation's own. One file a chapter of its year, in order.
"""

import logging
import secrets

from .serving.contracts import contracts
from .county import County
from .registering.duplicates import duplicates
from .serving.due import due
from .serving.education import education
from .serving.elders import elders
from .judging.evaluation import evaluate
from .serving.exams import exams
from .paying.fourth_quarter import leave_fourth_quarter_open
from .judging.indicators import indicators
from .registering.lists import lists
from .paying.money import budget, payees, plans, scheme
from .registering.moves import moves
from .serving.outside import outside
from .seats.people import people
from .seats.populations import populations
from .paying.quarters import (
    prepay_fourth_quarter,
    settle_first_quarter,
    settle_second_quarter,
    settle_third_quarter,
)
from .judging.rectification import rectify
from .seats.registers import divisions, institutions
from .paying.releases import release_what_was_put_right
from .registering.residents import residents
from .registering.roll import roll
from .serving.screening import screening
from .serving.services import services
from .serving.sessions import sessions
from .judging.supervision import supervise
from .serving.teams import teams
from .paying.township_institutions import settle_township_institutions
from .seats.training import train_and_guide
from .serving.truth import truth
from .seats.workers import workers

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
    due,
    indicators,
)


def make_county(env):
    """Make the county of `env`'s database; the year from the registers to the open fourth quarter."""
    county = County(env)
    for chapter in YEAR:
        _logger.info("Demo county: %s", chapter.__name__.replace("_", " "))
        # Ids are drawn with gaps and places by chance: here alike each time, or who is what would be another's.
        county.throw(chapter.__name__)
        chapter(county)
        county.env.flush_all()
    county.throw(secrets.token_hex(8))
