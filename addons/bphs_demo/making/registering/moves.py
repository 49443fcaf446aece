"""Who moved, died, was lost and came back in the last half year, as the village doctors entered it."""

from ..county import read
from ..seats.people import doctors


def moves(county):
    gone = {}
    for at, row in enumerate(sorted(read("moves"), key=lambda row: -int(row["days_ago"]))):
        person = gone.pop(row["township"]) if row["kind"] == "back" else _somebody(county, row, at)
        with county.days_ago(int(row["days_ago"])):
            _move(county, row, person)
        if row["kind"] in ("out", "lost"):
            gone[row["township"]] = person


def _move(county, row, person):
    doctor = doctors(county)[person.institution_id.id]
    whole = row["kind"] == "household"
    dialog = county.as_(doctor, "bphs.resident.moving").create(
        {
            "resident_id": person.id,
            "kind": "within" if whole else row["kind"],
            "date": person._county_today(),
            "division_id": row["to"] and _village(county, row["to"], person).id,
            "whole_household": whole,
            "elsewhere": row["elsewhere"],
            "evidence": row["evidence"],
        }
    )
    dialog.action_confirm()


def _somebody(county, row, at):
    """Somebody of the township whom the row fits, another one for each row."""
    officer = county.as_(f"teamleader.{row['township']}", "bphs.resident")
    served = doctors(county)
    people = officer.search(_who(row["kind"]), order="id").filtered(
        lambda one: one.institution_id.id in served and not one.move_ids
    )
    if row["kind"] == "household":
        people = people.filtered(lambda one: len(one.household_id.member_ids) >= 3)
    return people[at * 11 % len(people)]


def _who(kind):
    old, grown = [("birth_date", "<", "today -76y")], [("birth_date", "<", "today -20y")]
    head = [*grown, ("relation", "=", "head")]
    return [("status", "=", "active"), *{"died": old, "household": head}.get(kind, grown)]


def _village(county, login, person):
    """Another village of the township whose people sign in as `login`."""
    codes = [row["code"] for row in county.of_township(login)]
    draw = county.draw("village", person.ehr_number)
    return county.place[draw.choice([code for code in codes if county.place[code] != person.division_id])]
