"""What is due today."""


def due(county):
    """What was made on a day gone by reckoned as of that day, and knew nothing of what was done since."""
    county.env["bphs.followup"]._recompute(county.env["bphs.plan"].search([]))
