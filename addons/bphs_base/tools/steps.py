"""The steps of a document as data: from which states to which, who takes each, and what is asked of them.

Pure: no database, no clock. A module writes one table of :class:`Step` for each of its documents; `bphs.steps.mixin`
checks it, and the buttons, the drawing of the states and the tests read the same table.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Step:
    """A permitted change of state.

    Roles are the keys of the `bphs_base.group_<role>` groups; a side is who a person is towards one record, which its
    document knows. Where neither is named, the right to ``access`` the record decides alone.
    """

    sources: tuple[str, ...]
    # None: a deed that leaves the state as it is.
    target: str | None
    roles: tuple[str, ...] = ()
    side: str | None = None
    reason_required: bool = False
    # People who do not take it, by the name under which the document knows them: a field, or one of its own.
    apart_from: tuple[str, ...] = ()
    # The right to the record it asks for: a role that may not edit a document may still take a step on it.
    access: str = "write"
    # Taken by what happens to other documents; nobody presses a button for it.
    by_system: bool = False


def steps_from(steps: Mapping[str, Step], state: str) -> tuple[str, ...]:
    """The names of the steps that lead on from ``state``."""
    return tuple(name for name, step in steps.items() if state in step.sources)


def barred_as(step: Step, person: int, people: Mapping[str, Collection[int]]) -> str | None:
    """As whom this person does not take the step, or None.

    :param person: whoever would take it
    :param people: who did what with the document, by the names of ``apart_from``
    :return: the first of ``apart_from`` that names the person
    """
    return next((name for name in step.apart_from if person in people.get(name, ())), None)


def table_problems(states: Collection[str], start: str, steps: Mapping[str, Step]) -> list[str]:
    """What is wrong with a table of steps; empty where nothing is.

    :param states: all states the document knows
    :param start: the state of a new one
    """
    problems = []
    for name, step in steps.items():
        unknown = {*step.sources, step.target} - {*states, None}
        if unknown:
            problems.append(f"{name}: no such state: {', '.join(sorted(unknown))}")
        if step.roles and step.side:
            problems.append(f"{name}: named by roles and by side")
        if step.by_system and (step.roles or step.side or step.apart_from):
            problems.append(f"{name}: taken by the system, and by somebody")
    reached, grown = set(), {start}
    while grown != reached:
        reached = grown
        grown = reached | {step.target for step in steps.values() if step.target and reached & set(step.sources)}
    problems += [f"{state} is never reached" for state in states if state not in reached]
    return problems


def drawing(
    title: str, labels: Mapping[str, str], start: str, steps: Mapping[str, Step], who: Mapping[str, str]
) -> str:
    """The states and steps of a document as a drawing, in the language of Graphviz.

    An arrow says which step it is and who takes it; ＊ after its name: with a reason; ≠: by another person than those
    who did the work. A dashed arrow follows from what happens to other documents.

    :param labels: what each state is called, and each step under ``step:<name>``
    :param who: what each role and side is called
    """

    def quoted(*lines: str) -> str:
        return '"' + "\\n".join(line.replace('"', "'") for line in lines) + '"'

    moves = {name: step for name, step in steps.items() if step.target}
    font = 'fontname="WenQuanYi Micro Hei"'
    lines = [
        f"digraph {quoted(title)} {{",
        f"  graph [rankdir=LR, {font}, labelloc=t, label={quoted(title)}];",
        f"  node [shape=box, style=rounded, {font}];",
        f"  edge [{font}, fontsize=10];",
    ]
    used = {state for step in moves.values() for state in (*step.sources, step.target)} | {start}
    lines += [
        f"  {state} [label={quoted(label)}{', penwidth=2' if state == start else ''}];"
        for state, label in labels.items()
        if state in used
    ]
    for name, step in moves.items():
        marks = ("＊" if step.reason_required else "") + ("≠" if step.apart_from else "")
        takers = [who.get(taker, taker) for taker in (*step.roles, *filter(None, [step.side]))]
        text = quoted(labels.get(f"step:{name}", name) + marks, *takers)
        style = ", style=dashed" if step.by_system else ""
        lines += [f"  {source} -> {step.target} [label={text}{style}];" for source in step.sources]
    return "\n".join([*lines, "}", ""])
