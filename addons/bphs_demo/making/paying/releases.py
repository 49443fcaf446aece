"""Withheld money on its way back: what was wrong is put right, verified and closed, then people decide."""

from datetime import date

from ..judging.rectification import step_to
from .quarters import fill_batch

# Who has decided on the release of each hold that goes back, the oldest first: one is in a batch, one at the deputy
# leader, one at finance, one at the section.
DECIDED = (
    ("primarycare", "finance2", "deputy"),
    ("primarycare", "finance2"),
    ("primarycare",),
    (),
)


def release_what_was_put_right(county):
    """Four holds whose task is closed, one whose task is under way; the others still wait for a task."""
    holds = county.as_("clerk", "bphs.fund.hold").search([("state", "=", "held")], order="period_id desc, id")
    for hold, people in zip(holds, DECIDED, strict=False):
        with county.days_ago(20):
            task = _ask_task(county, hold)
        with county.days_ago(5):
            step_to(county, task, "closed")
        county.approve(hold, *people)
    step_to(county, _ask_task(county, holds[len(DECIDED)]), "in_progress")
    batch = fill_batch(county, holds[0].period_id.code, "release", date(2025, 12, 19))
    batch.action_approval_submit()


def _ask_task(county, hold):
    """The clerk asks for rectification before the money is released."""
    action = hold.action_ask_task()
    dialog = county.as_("clerk", action["res_model"]).with_context(**action["context"])
    dialog.create({"type_id": county.env.ref("bphs_rectification.problem_type_record_update").id}).action_save()
    return hold.rectification_ids.with_env(county.env)
