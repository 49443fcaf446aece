"""One person graded again: where they stood, what is known now, what became known since; and what is kept of it.

A person is followed twice where there are facts for named persons alone: without them, which is what everybody is told,
and with them. The second begins where the first stood on the day such a fact became known.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from .facts import Person
from .grade import Grade, Grader
from .keeping import hits_kept, run_kept
from .lines import facts_told
from .standing import FIRST, Contact, Day, Row, Standing, Verdict, follow, forget


@dataclass(frozen=True, slots=True)
class News:
    """What became known of a person beside their facts.

    :param voided: records that were voided or put right, as ids of facts begin
    :param contacts: of today, by what they showed
    :param forgotten: contacts that were voided
    :param verdicts: what a doctor says to the proposal, by whether it is the one with all facts
    """

    voided: frozenset[str] = frozenset()
    contacts: tuple[Contact, ...] = ()
    forgotten: tuple[Contact, ...] = ()
    verdicts: dict[bool, Verdict] | None = None

    def __or__(self, later: "News") -> "News":
        """What became known of the same person at one time, together."""
        return News(
            self.voided | later.voided,
            self.contacts + later.contacts,
            self.forgotten + later.forgotten,
            {**(self.verdicts or {}), **(later.verdicts or {})} or None,
        )


NOTHING = News()


@dataclass(frozen=True, slots=True)
class Change:
    """What is kept of a grading.

    :param news: there is something to keep at all
    :param rows: changes of the standing colour and its reasons, each a row of history
    :param sequence: of the last row of the day
    """

    whole: bool
    news: bool
    after: Standing
    rows: tuple[Row, ...]
    sequence: int
    assessed: bool
    hits: list
    facts: dict
    causes: list
    run: dict | None


def followed(
    grader: Grader,
    ruleset: str,
    people: tuple[Person, Person | None],
    before: dict[bool, tuple[Standing, int]],
    news: News | None = None,
) -> Iterator[Change]:
    """Grade a person and say what follows.

    :param people: without and with what is for named persons alone; the second None where there is nothing such
    :param before: where they stood, and how many rows the day of it has; by whether with all facts
    """
    shown, all_told = people
    news = news or NOTHING
    if first := _follow(grader, ruleset, False, shown, before.get(False), news):
        yield first
    if all_told or True in before:
        stood = before.get(True)
        # The second begins where the first stood before today.
        begins = stood is None and False in before
        stood = (before[False][0], 0) if begins else stood
        if second := _follow(grader, ruleset, True, all_told or shown, stood, news, begins):
            yield second


def _follow(grader, ruleset, whole, person, before, news, begins=False):
    grade = grader.grade(person)
    if before is None:
        if grade.colour is None:
            return None
        after = follow(None, Day(grader.day, grade.colour, grade.hits, ruleset))
        return _change(whole, person, grade, after, after.rows, len(after.rows))
    kept, told = before
    stood = kept
    # Days without news were left out, but for this one.
    if stood.ripe_on and stood.ripe_on < grader.day:
        stood = follow(stood, Day(stood.ripe_on, stood.grade, stood.hits, stood.ruleset))
    for contact in news.forgotten:
        stood = forget(stood, contact)
    verdict = (news.verdicts or {}).get(whole)
    voided = _voided(stood, grade, news.voided)
    verdicts = (verdict,) if verdict else ()
    after = follow(stood, Day(grader.day, grade.colour, grade.hits, ruleset, voided, news.contacts, verdicts))
    rows = after.rows
    if begins and not rows:
        rows = (Row(after.day, 1, after.colour, after.grade, after.hits, after.ruleset, FIRST),)
    if not rows and (kept.run, kept.causes) == (after.run, after.causes):
        return Change(whole, False, after, (), told, grade.assessed, [], {}, [], None)
    return _change(whole, person, grade, after, rows, len(rows) + (told if kept.day == grader.day else 0))


def _change(whole, person, grade: Grade, after, rows, sequence):
    used = frozenset(id_ for hit in grade.hits for id_ in hit.because)
    return Change(
        whole,
        True,
        after,
        rows,
        sequence,
        grade.assessed,
        hits_kept(grade.hits),
        facts_told(person, used),
        hits_kept(after.causes),
        run_kept(after.run),
    )


def _voided(stood, grade, records):
    """Facts that held the colour up, of records that do not count any more or count otherwise."""
    now = {id_ for hit in grade.hits for id_ in hit.because}
    held = {id_ for hit in stood.causes for id_ in hit.because}
    return frozenset(id_ for id_ in held - now if id_.partition(".")[0] in records)
