"""What was done for the county's people in three years, what follows from it, and whom nobody reaches.

The records were brought along, as a county brings those of its old system; who is due for what today follows from them.
"""

from datetime import timedelta

from ...invented.filling_visits import fill_visits
from ..seats.people import SIGN_IN_TOWNSHIPS
from .due import due
from .screening import look_for_pressures

# What was tried in vain in a township: of so many people each, (days ago, what came of it).
TRIED = (
    ((12, "unreachable"), (8, "unreachable"), (3, "wrong_number")),
    ((4, "refused"),),
    ((2, "in_hospital"),),
)


def services(county):
    env = county.env
    fill_visits(env, answers=True)
    # Before every night does: it was four months ago that the county first looked.
    look_for_pressures(county)
    # As every night does, so that the first night finds nothing to do.
    for (institution,) in env["bphs.resident"]._read_group([("status", "!=", "merged")], ["institution_id"]):
        env["bphs.plan"]._bring_up_institution(institution.id)
    due(county)
    for township in SIGN_IN_TOWNSHIPS:
        _tried(county, f"ph.{township}")


def _tried(county, login):
    rows = county.as_(login, "bphs.followup").search([("state", "=", "overdue")], order="due_on, id")
    today = rows._county_today()
    # One row of each of the first people.
    first = {row.resident_id: row.plan_id for row in reversed(rows)}
    people = list(dict.fromkeys(row.resident_id for row in rows))
    for resident, tried in zip(people, TRIED, strict=False):
        for days, kind in tried:
            county.as_(login, "bphs.followup.attempt").create(
                {"plan_id": first[resident].id, "kind": kind, "made_on": today - timedelta(days=days)}
            )
