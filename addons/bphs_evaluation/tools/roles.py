"""Who does what in an evaluation, by the keys of the roles."""

# Lay the county's schemes down.
SCHEMERS = ("primary_care_officer", "county_specialist")
# Run a round: the bureau's section those of townships, a township those of its clinics.
OWNERS = ("primary_care_officer", "township_director", "township_public_health")
# Go there and enter what they found.
EVALUATORS = (*OWNERS, "evaluator", "county_specialist")
# Sign for the unit that was evaluated.
UNIT = ("township_director", "township_public_health", "team_leader", "village_doctor")
# Take the evidence of a unit out for those above: who sees the whole round, and not the evaluated unit.
PACKERS = (*OWNERS, "county_specialist", "deputy_leader", "leader", "auditor")
