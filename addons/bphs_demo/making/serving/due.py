"""What is due today."""


def due(county):
    """What was made on a day gone by, or before three years were brought along, knew nothing of what was done since."""
    county.env["bphs.followup"]._recompute(county.env["bphs.plan"].search([]))
