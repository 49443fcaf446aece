"""Tables of steps: what leads on from a state, who stands apart from a step, what is wrong with a table."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from odoo.addons.bphs_base.tools.steps import Step, barred_as, drawing, steps_from, table_problems

STATES = ("draft", "issued", "closed")
TABLE = {
    "issue": Step(("draft",), "issued", roles=("rectification_clerk",)),
    "close": Step(("issued",), "closed", side="clerk", apart_from=("verifier", "submitter")),
    "reopen": Step(("closed",), "issued", side="clerk", reason_required=True),
    "expire": Step(("draft", "issued"), "closed", by_system=True),
    "note": Step(("draft", "issued"), None, side="clerk"),
}


def test_the_steps_that_lead_on():
    assert steps_from(TABLE, "draft") == ("issue", "expire", "note")
    assert steps_from(TABLE, "closed") == ("reopen",)
    assert steps_from(TABLE, "nowhere") == ()


PEOPLE = st.integers(1, 5)


@given(PEOPLE, st.sets(PEOPLE), st.sets(PEOPLE))
def test_whoever_did_the_work_is_barred_as_the_first_they_were(person, verifiers, submitters):
    people = {"verifier": verifiers, "submitter": submitters}
    barred = barred_as(TABLE["close"], person, people)
    assert barred == ("verifier" if person in verifiers else "submitter" if person in submitters else None)
    assert barred_as(TABLE["issue"], person, people) is None
    assert barred_as(TABLE["close"], person, {}) is None


def test_a_sound_table_has_no_problems():
    assert table_problems(STATES, "draft", TABLE) == []


@pytest.mark.parametrize(
    ("more", "problem"),
    [
        ({"lose": Step(("issued",), "lost")}, "lose: no such state: lost"),
        ({"both": Step(("draft",), "issued", roles=("leader",), side="clerk")}, "both: named by roles and by side"),
        ({"it": Step(("draft",), "issued", roles=("leader",), by_system=True)}, "it: taken by the system, and by"),
    ],
)
def test_what_is_wrong_is_named(more, problem):
    (found,) = table_problems(STATES, "draft", TABLE | more)
    assert found.startswith(problem)


def test_a_state_that_nothing_leads_to_is_named():
    assert table_problems((*STATES, "cancelled"), "draft", TABLE) == ["cancelled is never reached"]


def test_the_drawing_says_who_takes_each_step_and_what_is_asked_of_them():
    labels = {"draft": "草稿", "issued": '已"下达"', "closed": "已销号", "unused": "无", "step:close": "销号"}
    text = drawing("整改任务", labels, "draft", TABLE, {"clerk": "整改专员"})
    assert text.startswith('digraph "整改任务" {\n') and text.endswith("}\n")
    assert '  draft [label="草稿", penwidth=2];' in text
    assert """  issued [label="已'下达'"];""" in text
    assert "unused" not in text and "note" not in text
    assert '  draft -> issued [label="issue\\nrectification_clerk"];' in text
    assert '  issued -> closed [label="销号≠\\n整改专员"];' in text
    assert '  closed -> issued [label="reopen＊\\n整改专员"];' in text
    assert '  draft -> closed [label="expire", style=dashed];' in text
