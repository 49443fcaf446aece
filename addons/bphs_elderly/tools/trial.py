"""What a rule set would do if it were in force: colours beside today's, and the visits that would be gained or lost.

Pure. A visit a month is counted exactly, as a fraction of the clocks' intervals, and rounded where it is shown.
"""

from collections import Counter
from dataclasses import dataclass, field
from fractions import Fraction

from .visits import Coloured, Rhythm, visits_of

COLOURS = ("red", "yellow", "green", "unrated")
MONTH = Fraction(365, 12)


@dataclass
class Tried:
    """What came out of a trial of one institution: ``flow`` counts (colour now, colour then)."""

    flow: Counter = field(default_factory=Counter)
    now: Fraction = Fraction(0)
    then: Fraction = Fraction(0)

    @property
    def changed(self) -> int:
        return sum(count for (now, then), count in self.flow.items() if now != then)

    def of(self, colour: str, then: bool) -> int:
        """How many have the colour, now or then."""
        return sum(count for pair, count in self.flow.items() if pair[then] == colour)


def add_person(tried: Tried, now: Coloured, then: Coloured, rhythms: dict[str, Rhythm], diseases: list[Rhythm]) -> None:
    """Count one person.

    :param rhythms: of the clocks of colours, by code
    """
    tried.flow[now.colour or "none", then.colour or "none"] += 1
    tried.now += visits_a_month(now, rhythms, diseases)
    tried.then += visits_a_month(then, rhythms, diseases)


def visits_a_month(person: Coloured, rhythms: dict[str, Rhythm], diseases: list[Rhythm]) -> Fraction:
    """How many visits a month the colour adds, in the long run, beyond those of diseases, which serve for it."""
    asked = [rhythms[code] for code in visits_of(person, rhythms, diseases, person.since) if code in rhythms]
    if not asked:
        return Fraction(0)
    # Visits face to face are some of the others.
    often = max(MONTH / rhythm.days for rhythm in asked)
    served = max((MONTH / disease.days for disease in diseases), default=Fraction(0))
    return often - served if served < often else max(MONTH / rhythm.days for rhythm in asked if rhythm.face)


def share_alarm(part: int, whole: int, least: int, most: int) -> bool:
    """Whether a share lies outside of what is usual, in per cent; of nobody there is none."""
    return bool(whole) and not least * whole <= 100 * part <= most * whole
