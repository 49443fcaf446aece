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
# Who sees the board: the same, and those who answer for the county's work or watch it.
BOARD_READERS = (
    *ASSIGNERS,
    "administrator",
    "deputy_leader",
    "leader",
    "auditor",
    "township_public_health",
)
