"""When a person is reminded of a deadline, and who hears of it when nothing comes (提醒与逐级上报).

Pure: no database, no clock. A ladder is a row of rungs, each so many days before or after the deadline and for one
level of people. The same ladder chases rectification tasks and quarterly reports.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

# From those who put it right up to the head of the bureau: each level hears of what the one below let pass.
LEVELS = ("responsible", "township_director", "section", "leader")


@dataclass(frozen=True, slots=True)
class Rung:
    """One step of the ladder.

    :param code: its name in the records, never changed once used
    :param days: days after the deadline; negative: before
    :param label: what a reader calls it: the words of the records' selection
    :param level: index into ``LEVELS`` of the highest level that is told
    """

    code: str
    days: int
    label: str
    level: int = 0

    def falls_on(self, deadline: date) -> date:
        return deadline + timedelta(days=self.days)

    @property
    def escalates(self) -> bool:
        return self.level > 0


# In the order of their days: `due_now` relies on it. The deadline of an institution's work:
LADDER = (
    Rung("before_7", -7, "7 Days Before"),
    Rung("before_3", -3, "3 Days Before"),
    Rung("due", 0, "On the Day"),
    Rung("overdue_3", 3, "3 Days Overdue, to the Township", 1),
    Rung("overdue_7", 7, "7 Days Overdue, to the Section", 2),
    Rung("overdue_14", 14, "14 Days Overdue, to the Leaders", 3),
)
# The day until which its proof is to be verified: not told before, for it is the verifier's to find the time.
VERIFY_LADDER = (
    Rung("verify_1", 1, "Verification 1 Day Overdue"),
    Rung("verify_3", 3, "Verification 3 Days Overdue, to the Superior", 1),
    Rung("verify_7", 7, "Verification 7 Days Overdue, Further Up", 2),
    Rung("verify_14", 14, "Verification 14 Days Overdue, to the Leaders", 3),
)


@dataclass(frozen=True, slots=True)
class Due:
    """What a morning's run does about one deadline: tell of ``send``, take ``covered`` for told by it."""

    send: Rung | None
    covered: tuple[Rung, ...] = ()


NOTHING = Due(None)


def due_now(
    deadline: date, today: date, recorded: Collection[str], since: date | None = None, ladder: Sequence[Rung] = LADDER
) -> Due:
    """What is to be told today.

    Rungs whose day has come and of which nothing is recorded are told by the latest of them alone. After a week in
    which the system stood still, five messages about one task would bury the one that counts; the latest says what the
    earlier would have said, and reaches everybody they would have reached. The earlier are recorded as covered, so that
    a reader sees they were not forgotten. A rung that falls before one that is recorded is never told any more.

    :param today: the county's own date
    :param recorded: codes of the rungs told or covered for this very deadline
    :param since: day on which the task was given out; what fell until then is not told, for the task itself said it
    """
    passed = [
        rung
        for rung in ladder
        if rung.falls_on(deadline) <= today and (since is None or rung.falls_on(deadline) > since)
    ]
    last = max((at for at, rung in enumerate(passed) if rung.code in recorded), default=-1)
    open_ones = passed[last + 1 :]
    if not open_ones:
        return NOTHING
    return Due(open_ones[-1], tuple(open_ones[:-1]))


def audience(level: int, people: Mapping[int, Collection[int]]) -> list[int]:
    """Who is told: everybody from the responsible up to ``level``, each once, lowest level first.

    Where nobody holds the level itself the next above steps in: a post that is vacant must not silence the ladder.

    :param people: level -> ids of its people
    """
    reached = range(level + 1)
    if not people.get(level):
        reached = [*reached, *[above for above in range(level + 1, len(LEVELS)) if people.get(above)][:1]]
    told = dict.fromkeys(person for at in reached for person in people.get(at, ()))
    return list(told)


def horizon(today: date, ladder: Sequence[Rung] = LADDER) -> date:
    """The latest deadline of which anything can be due today: what lies beyond it need not be looked at."""
    return today - timedelta(days=min(rung.days for rung in ladder))
