"""What a package promises, day by day, and which of it was kept.

Pure: no database, no clock. An item of a package falls due several times: each time is an instance with a day from
which a service may keep it and a day by which one should. Which services keep which instances is decided here once; the
county-size statement of `bphs.contract` counts by :func:`kept_first`, and the tests hold them to each other.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

# The fifteen kinds of family-doctor service.
SERVICE_KINDS = [
    ("management", "Health Management"),
    ("monitoring", "Monitoring of Health Data"),
    ("medication", "Guidance on Medicines"),
    ("delivery", "Delivery of Prescribed Medicines"),
    ("procuring", "Help in Procuring Medicines"),
    ("mother_child", "Advice to Mothers and for Children"),
    ("self_help", "Self-Management Group"),
    ("tcm", "Traditional Chinese Medicine"),
    ("contraception", "Advice and Means of Contraception"),
    ("referral", "Referral and Appointment"),
    ("exam_booking", "Booking of an Examination"),
    ("exam_reading", "Explaining an Examination"),
    ("care", "Psychological Care"),
    ("signing", "Signing with a Family Doctor"),
    ("other", "Other"),
]
WITHIN, RHYTHM = "within", "rhythm"


@dataclass(frozen=True, slots=True)
class Rule:
    """When an item falls due.

    :param due: ``within`` so many weeks of effect, all times together; ``rhythm``, once in every so many months
    :param times: how often; of a rhythm at most so often, 0 for the whole term
    """

    due: str
    times: int = 1
    weeks: int = 0
    months: int = 0

    def __post_init__(self):
        if self.due == WITHIN and not (self.times >= 1 and self.weeks >= 1):
            raise ValueError("an item due within some weeks needs their number, and how often")
        if self.due == RHYTHM and not (self.times >= 0 and self.months >= 1):
            raise ValueError("an item with a rhythm needs its months")


@dataclass(frozen=True, slots=True)
class Instance:
    opens: date
    due: date


def instances(rule: Rule, date_from: date, until: date) -> list[Instance]:
    """The times an item falls due in a contract, in order; what falls due after the term is not promised.

    :param until: the first day after the term
    """
    if rule.due == WITHIN:
        due = date_from + timedelta(weeks=rule.weeks)
        return [Instance(date_from, due)] * rule.times if due < until else []
    found = []
    while not rule.times or len(found) < rule.times:
        opens = date_from + relativedelta(months=len(found) * rule.months)
        due = date_from + relativedelta(months=(len(found) + 1) * rule.months) - timedelta(days=1)
        if due >= until:
            break
        found.append(Instance(opens, due))
    return found


def kept_by(promised: Sequence[Instance], services: Iterable[date], day: date) -> list[bool]:
    """Which instances were kept by a day: each service, in order, keeps the first open instance that is not kept.

    One visit keeps one instance, and four visits in the first month do not keep the year; a late visit keeps what it
    comes too late for.
    """
    kept = [False] * len(promised)
    for served in sorted(served for served in services if served <= day):
        for place, instance in enumerate(promised):
            if not kept[place] and instance.opens <= served:
                kept[place] = True
                break
    return kept


def kept_first(promised: Sequence[Instance], services: Iterable[date]) -> int:
    """How many instances are kept: always the first ones, as they open in their order.

    The n-th service keeps the next instance if one more than were kept is open by then; so that those kept in the end
    are, over the services, the fewest of: open at it, and one more for each service after it.
    """
    ordered = sorted(services)
    ahead = (sum(one.opens <= served for one in promised) - nth for nth, served in enumerate(ordered, start=1))
    return len(ordered) + min(min(ahead, default=0), 0)


def kept_positions(promised: Sequence[Instance], services: Sequence[date]) -> list[int]:
    """The same told otherwise: as which of the services, in order and from 1, each instance is kept.

    The k-th is kept by the first service that no earlier instance has taken and that came when it was open: position
    k + the largest, over the instances up to it, of (first service when that one was open - its number). A position
    beyond the last service is one that nothing keeps yet.
    """
    ordered, most, positions = sorted(services), 0, []
    for number, instance in enumerate(promised, start=1):
        first = 1 + sum(served < instance.opens for served in ordered)
        most = max(most, first - number)
        positions.append(number + most)
    return positions
