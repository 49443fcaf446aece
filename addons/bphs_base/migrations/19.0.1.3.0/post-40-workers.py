"""Clinic and township people who sign in stand in the register of workers: one place in scope, one person.

Who sees several places, or the bureau's, is left to the county: where they work does not follow from that.
"""

from odoo import SUPERUSER_ID, api

from odoo.addons.bphs_base.models.registers.bphs_institution import CLINIC_KINDS, TOWNSHIP_KINDS

PROFESSIONS = {
    "village_doctor": "village_doctor",
    "team_leader": "gp",
    "township_public_health": "public_health",
    "township_accountant": "administrator",
    "township_director": "administrator",
}


def migrate(cr, version):
    env = api.Environment(cr, SUPERUSER_ID, {})
    workers = env["bphs.worker"].with_context(active_test=False)
    seen, found = workers.search([]).user_id, []
    for role, profession in PROFESSIONS.items():
        held = env.ref(f"bphs_base.role_{role}")
        kinds = CLINIC_KINDS if role == "village_doctor" else TOWNSHIP_KINDS
        for user in env["res.users"].search([("role_line_ids.role_id", "=", held.id)]) - seen:
            place = user.bphs_institution_ids
            if len(place) == 1 and place.kind in kinds:
                found.append(
                    {
                        "name": user.name,
                        "institution_id": place.id,
                        "profession": profession,
                        "user_id": user.id,
                        "since": user.create_date.date(),
                    }
                )
                seen |= user
    workers.create(found)
