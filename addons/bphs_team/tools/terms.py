"""The life of a contract in days: from when until when it is in force, what ended it, what that does to the rates.

Pure: no database, no clock. A day "until" is the first on which something no longer holds, so that the next contract
begins on it, and one that is ended on the day it began was never in force.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from dateutil.relativedelta import relativedelta

# What a term can be at all; what it may be is the county's to say, from a day on.
LEAST_MONTHS, MOST_MONTHS = 1, 60
RENEWAL_DAYS = 60
ENDING_SOON_DAYS = 60  # so long before its end a contract is shown as one to renew
NEVER_SERVED_DAYS = 90

EXPIRED, MOVED, DIED, LOST, WISH, CHANGED, MERGED, OTHER = (
    "expired",
    "moved",
    "died",
    "lost",
    "wish",
    "changed",
    "merged",
    "other",
)
# What a person's file ends by, and what ends the contract then.
BY_FILE = {"moved_out": MOVED, "died": DIED, "lost": LOST, "merged": MERGED}
# The promise can no longer be kept, or another contract has taken it over: it leaves every denominator from that day.
# Whoever was lost or went by their own wish stays in: else a team would better its rates by writing people off.
LEAVING = frozenset({MOVED, DIED, MERGED, CHANGED})


class TermRule(NamedTuple):
    """How long contracts are that begin on a day or later, in months."""

    date_from: date
    shortest: int
    longest: int
    usual: int

    def allows(self, months: int | None) -> bool:
        return self.shortest <= (months or 0) <= self.longest


def rule_on(rules: Iterable[TermRule], day: date) -> TermRule:
    """The rule for contracts that begin on a day: the latest of those that have begun, else the first.

    :param rules: at least one
    """
    in_order = sorted(rules)
    begun = [rule for rule in in_order if rule.date_from <= day]
    return (begun or in_order[:1])[-1]


def until_of(date_from: date, months: int) -> date:
    """The first day after a term.

    :raise ValueError: a term that cannot be
    """
    if not LEAST_MONTHS <= months <= MOST_MONTHS:
        raise ValueError(f"{months} months: a term is of {LEAST_MONTHS} to {MOST_MONTHS}")
    return date_from + relativedelta(months=months)


@dataclass(frozen=True, slots=True)
class Term:
    """A contract as the rates see it.

    :param planned: the first day after the term it was signed for
    :param until: the first day on which it was no longer in force; ``planned`` unless something ended it before
    """

    date_from: date
    planned: date
    until: date
    reason: str | None = None

    @property
    def counted_until(self) -> date:
        """The first day on which it is in no denominator."""
        return self.until if self.reason in LEAVING else max(self.until, self.planned)

    def in_force(self, day: date) -> bool:
        return self.date_from <= day < self.until

    def ended(self, day: date, reason: str) -> "Term":
        """The same, ended on a day: never before it began, and never later than it would have ended anyway."""
        return Term(self.date_from, self.planned, max(self.date_from, min(day, self.until)), reason)

    def term_ended_in(self, first: date, last: date) -> bool:
        """Whether its last day lies in a period, so that it was due to be renewed."""
        return (
            self.date_from < self.counted_until
            and first <= self.planned - timedelta(days=1) <= last
            and not (self.reason in LEAVING and self.until < self.planned)
        )


def overlap(terms: Iterable[Term]) -> bool:
    """Whether two of these are in force on one day."""
    spans = sorted((term.date_from, term.until) for term in terms if term.date_from < term.until)
    return any(later[0] < earlier[1] for earlier, later in zip(spans, spans[1:], strict=False))


def is_renewed(planned: date, starts: Iterable[date], days: int = RENEWAL_DAYS) -> bool:
    """Whether a contract whose term ended was followed by another of the same person, soon enough.

    :param planned: the first day after the term
    :param starts: when the person's other contracts began that were signed after it
    """
    return any(planned <= start <= planned + timedelta(days=days) for start in starts)


def run_start(term: Term, others: Iterable[Term], days: int = RENEWAL_DAYS) -> date:
    """Since when somebody has been signed without a break: a renewal does not begin anew.

    :param others: the person's other contracts; of them those before it count that went to the end of their term and
        were followed soon enough
    """
    start = term.date_from
    before = (one for one in others if one.date_from < min(one.until, term.date_from))
    for one in sorted(before, key=lambda one: one.date_from, reverse=True):
        if one.until < one.planned or not is_renewed(one.planned, [start], days):
            break
        start = one.date_from
    return start
