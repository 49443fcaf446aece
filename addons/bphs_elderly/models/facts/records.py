"""Which record a fact stands in: its id says so."""

# What the first letter of a fact's id says it stands in.
RECORDS = {
    "v": "bphs.visit",
    "c": "bphs.condition",
    "g": "bphs.resident.group",
    "s": "bphs.social.fact",
    "r": "bphs.resident",
    "e": "bphs.acute.event",
    "f": "bphs.finding",
    "o": "bphs.elderly.outside",
    "d": "bphs.elderly.decision",
}


def record_of(fact_id: str) -> tuple[str, int]:
    """Return the model and id of the record that a fact stands in."""
    head = fact_id.partition(".")[0]
    return RECORDS[head[0]], int(head[1:])
