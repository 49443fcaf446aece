"""What a form asks, and what is wanting or unlikely in a record of it.

Pure: questions and answers, whatever they are stored in. A question left open because another was answered otherwise is
not asked; a box that is not ticked is an answer.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

NO_ANSWER = (None, "", [], ())


@dataclass(frozen=True, slots=True)
class Question:
    """``when``: the question and the answers on which this one is asked; ``low`` and ``high``: what is plausible."""

    code: str
    kind: str
    required: bool = False
    when: tuple[str, frozenset[str]] | None = None
    low: float | None = None
    high: float | None = None

    def is_asked(self, answers: Mapping[str, Any]) -> bool:
        if self.when is None:
            return True
        given = answers.get(self.when[0])
        return not self.when[1].isdisjoint(given if isinstance(given, (list, tuple)) else [str(given)])

    def is_blank(self, answers: Mapping[str, Any]) -> bool:
        answer = answers.get(self.code)
        return self.kind != "boolean" and (answer is False or answer in NO_ANSWER)


def missing(questions: Iterable[Question], answers: Mapping[str, Any]) -> list[str]:
    """Return the codes of required questions that are asked and not answered, in the order of the form."""
    return [q.code for q in questions if q.required and q.is_asked(answers) and q.is_blank(answers)]


def implausible(questions: Iterable[Question], answers: Mapping[str, Any]) -> list[str]:
    """Return the codes of numbers outside what is plausible: asked back, never refused."""
    return [
        q.code
        for q in questions
        if q.kind in ("integer", "float") and not q.is_blank(answers) and not _between(answers[q.code], q.low, q.high)
    ]


def completeness(questions: Iterable[Question], answers: Mapping[str, Any]) -> tuple[int, int]:
    """Return how many required questions are answered, of how many asked."""
    asked = [q for q in questions if q.required and q.is_asked(answers)]
    return sum(not q.is_blank(answers) for q in asked), len(asked)


def _between(value, low, high):
    return (low is None or value >= low) and (high is None or value <= high)
