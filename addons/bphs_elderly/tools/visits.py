"""Which visits a colour adds, and only beyond those that a disease asks for already (issue of the colours, plans).

Pure. Clocks are named by their codes; how often they ask is theirs to say.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

# colour -> the clocks of it; of those in `FACE` the visit is face to face.
CLOCKS = {"red": ("red", "red_face"), "yellow": ("yellow",), "green": ("green",)}
WORSE, INVITE = "elder_worse", "elder_invite"
ALL_CLOCKS = ("red", "red_face", "yellow", "green", WORSE, INVITE)
# So long a plan of one step runs, past its last day: then it was missed.
STEP_DAYS = {WORSE: 30, INVITE: 90}


@dataclass(frozen=True, slots=True)
class Rhythm:
    """How often a clock asks for a visit.

    :param days: between two
    :param face: only visits face to face count
    """

    days: int
    face: bool


@dataclass(frozen=True, slots=True)
class Coloured:
    """A person in a colour.

    :param since: the day from which it stands
    :param worse: it became so because somebody got worse
    :param assessed: an assessment is valid
    """

    colour: str | None
    since: date
    worse: bool
    assessed: bool


@dataclass(frozen=True, slots=True)
class Begun:
    start: date
    end: date | None = None
    anchor: date | None = None


def visits_of(
    person: Coloured, rhythms: dict[str, Rhythm], diseases: Iterable[Rhythm], today: date
) -> dict[str, Begun]:
    """Return the plans that the colour asks for, by the code of their clock.

    :param rhythms: of the clocks of colours that are in force, by code
    :param diseases: of the disease clocks the person is under
    """
    diseases = list(diseases)
    found = {
        code: Begun(person.since)
        for code in CLOCKS.get(person.colour, ())
        if code in rhythms and not any(_serves(disease, rhythms[code]) for disease in diseases)
    }
    if person.worse and person.since + timedelta(STEP_DAYS[WORSE]) >= today:
        found[WORSE] = _step(WORSE, person.since)
    if person.colour and not person.assessed:
        found[INVITE] = _step(INVITE, today)
    return found


def _serves(disease, colour):
    """Whether who is seen so often for a disease is seen often enough for the colour."""
    return disease.days <= colour.days and (disease.face or not colour.face)


def _step(code, day):
    return Begun(day, day + timedelta(STEP_DAYS[code]), day)
