"""What is due today, and whom nobody reaches."""

from datetime import timedelta

from ..seats.people import SIGN_IN_TOWNSHIPS

# What was tried in vain in a township: of so many people each, (days ago, what came of it).
TRIED = (
    ((12, "unreachable"), (8, "unreachable"), (3, "wrong_number")),
    ((4, "refused"),),
    ((2, "in_hospital"),),
)
FIRST = timedelta(days=13)


def due(county):
    """What was made on a day gone by, or before three years were brought along, knew nothing of what was done since."""
    county.env["bphs.followup"]._recompute(county.env["bphs.plan"].search([]))
    for township in SIGN_IN_TOWNSHIPS:
        _tried(county, f"ph.{township}")


def _tried(county, login):
    rows = county.as_(login, "bphs.followup").search([("state", "=", "overdue")], order="due_on, id")
    today = rows._county_today()
    # Whoever was seen since the first try is reached.
    lately = [("resident_id", "in", rows.resident_id.ids), ("state", "=", "done"), ("done_on", ">", today - FIRST)]
    seen = county.env["bphs.visit"].search(lately).resident_id
    rows = rows.filtered(lambda row: row.resident_id not in seen)
    # One row of each of the first people.
    first = {row.resident_id: row.plan_id for row in reversed(rows)}
    people = list(dict.fromkeys(row.resident_id for row in rows))
    for resident, tried in zip(people, TRIED, strict=False):
        for days, kind in tried:
            county.as_(login, "bphs.followup.attempt").create(
                {"plan_id": first[resident].id, "kind": kind, "made_on": today - timedelta(days=days)}
            )
