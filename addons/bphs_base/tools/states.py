"""One colour for a state, wherever it is shown: list, card, form, phone.

Pure. A state is coloured by what it means for whoever looks: red went wrong or was refused; yellow waits for somebody;
blue is under way; green is done; grey counts no more or not yet.
"""

DANGER = ("returned", "refused", "failed", "objected", "rejected", "overdue", "missed", "missing", "fails", "confirm")
WARNING = (
    "submitted",
    "waiting",
    "asked",
    "confirming",
    "pending",
    "open",
    "to_pay",
    "held",
    "review",
    "sent",
    "found",
    "lacking",
    "recheck",
)
INFO = (
    "draft",
    "issued",
    "acknowledged",
    "in_progress",
    "rectifying",
    "ready",
    "received",
    "registered",
    "published",
    "drawn",
    "sampled",
    "in_batch",
    "checking",
    "checked",
    "loading",
    "working",
    "appointed",
)
SUCCESS = (
    "verified",
    "approved",
    "closed",
    "confirmed",
    "deemed",
    "paid",
    "done",
    "late",
    "released",
    "granted",
    "accepted",
    "answered",
    "recorded",
    "reported",
    "merged",
    "holds",
    "running",
    "renewed",
    "examined",
    "outside",
    "normal",
    "cleared",
    "enrolled",
)
MUTED = (
    "locked",
    "cancelled",
    "withdrawn",
    "superseded",
    "reversed",
    "capped",
    "computed",
    "deducted",
    "distinct",
    "ended",
    "excused",
    "muted",
    "planned",
    "undone",
    "void",
    "voided",
)

TONE_OF = {
    state: tone
    for tone, states in (
        ("danger", DANGER),
        ("warning", WARNING),
        ("info", INFO),
        ("success", SUCCESS),
        ("muted", MUTED),
    )
    for state in states
}


def decorations(field, states):
    """:return: dict of decoration attributes for a field that may be in one of these states"""
    by_tone = {}
    for state in states:
        if tone := TONE_OF.get(state):
            by_tone.setdefault(tone, []).append(state)
    return {f"decoration-{tone}": f"{field} in {tuple(found)!r}" for tone, found in by_tone.items()}
