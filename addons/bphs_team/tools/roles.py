"""Who is who in a team, and who of the county's people sets teams up."""

MEMBER_ROLES = [
    ("gp", "General Practitioner"),
    ("nurse", "Nurse"),
    ("public_health", "Public-Health Worker"),
    ("village_doctor", "Village Doctor"),
    ("tcm", "Practitioner of Chinese Medicine"),
    ("county_specialist", "County Specialist"),
    ("other", "Other"),
]
# Keys of the groups whose people set up teams and give them members and villages, each within their scope.
ASSIGNERS = ("primary_care_officer", "township_director", "team_leader")
