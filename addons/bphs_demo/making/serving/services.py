"""What was done for the county's people in three years, and what follows from it.

The records were brought along, as a county brings those of its old system; who is due for what today follows from them.
"""

from ...invented.filling_visits import fill_visits
from .screening import look_for_pressures


def services(county):
    env = county.env
    fill_visits(env, answers=True)
    # Before every night does: it was four months ago that the county first looked.
    look_for_pressures(county)
    # As every night does, so that the first night finds nothing to do.
    for (institution,) in env["bphs.resident"]._read_group([("status", "!=", "merged")], ["institution_id"]):
        env["bphs.plan"]._bring_up_institution(institution.id)
