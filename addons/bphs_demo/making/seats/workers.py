"""The register of workers: everybody who signs in, and the doctors who do not."""

from datetime import date

from .people import doctor_logins

# What the holder of a role usually is.
PROFESSIONS = {
    "township_director": "gp",
    "township_public_health": "public_health",
    "team_leader": "gp",
    "village_doctor": "village_doctor",
    "county_specialist": "specialist",
    "evaluator": "public_health",
}
LICENCES = {
    "gp": "physician",
    "public_health": "physician",
    "specialist": "physician",
    "village_doctor": "village_doctor",
}


def workers(county):
    """Entered by the bureau's administrator; what named a person by a text before names the worker from now on."""
    first = doctor_logins(county)
    vals_list = [_of_user(county, login, user) for login, user in county.user.items() if user.bphs_institution_ids]
    for row in first.values():
        # The first doctor of a clinic has the sign-in; the others work by it.
        for number, name in enumerate(filter(None, row["doctors"].split("、")[1:]), 1):
            vals_list.append(
                person_values(county, name, county.clinic[row["code"]], "village_doctor", f"{row['code']}{number}")
            )
    county.as_("bureauadmin", "bphs.worker").create(vals_list)


def _of_user(county, login, user):
    roles = [role for role, profession in PROFESSIONS.items() if user.has_group(f"bphs_base.group_{role}")]
    profession = PROFESSIONS[roles[0]] if roles else "administrator"
    return {**person_values(county, user.name, user.bphs_institution_ids[:1], profession, login), "user_id": user.id}


def person_values(county, name, place, profession, key):
    draw = county.draw("worker", key)
    return {
        "name": name,
        "institution_id": place.id,
        "profession": profession,
        "since": date(draw.randint(2006, 2023), draw.randint(1, 12), 1),
        # No number of the county begins so.
        "phone": f"1540{draw.randrange(10**7):07}",
        **({"licence_kind": LICENCES[profession], "licence_number": f"999{draw.randrange(10**12):012}"}
           if profession in LICENCES else {}),
    }  # fmt: skip
