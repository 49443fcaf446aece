"""Where a person stands, as it is kept between two gradings: what JSON can hold, and back."""

from datetime import date

from .grade import Hit
from .standing import Contact, Run, Standing


def hits_kept(hits: tuple[Hit, ...]) -> list:
    """``[[rule, colour, [ids]], …]``"""
    return [[hit.rule, hit.colour, list(hit.because)] for hit in hits]


def hits_read(kept: list | None) -> tuple[Hit, ...]:
    return tuple(Hit(rule, colour, tuple(because)) for rule, colour, because in kept or ())


def run_kept(run: Run | None) -> dict | None:
    if run is None:
        return None
    return {
        "since": run.since.isoformat(),
        "worst": run.worst,
        "hits": hits_kept(run.hits),
        "contacts": [[contact.day.isoformat(), contact.satisfied, contact.by] for contact in run.contacts],
        "proposed_on": run.proposed_on and run.proposed_on.isoformat(),
        "on": sorted(run.on),
    }


def run_read(kept: dict | None) -> Run | None:
    if not kept:
        return None
    return Run(
        date.fromisoformat(kept["since"]),
        kept["worst"],
        hits_read(kept["hits"]),
        tuple(Contact(date.fromisoformat(day), satisfied, by) for day, satisfied, by in kept["contacts"]),
        date.fromisoformat(kept["proposed_on"]) if kept["proposed_on"] else None,
        frozenset(kept["on"]),
    )


def standing_read(day, colour, grade, hits, ruleset, causes, run) -> Standing:
    """Return where a person stood after ``day``, from what was kept of it."""
    return Standing(day, colour or None, grade or None, hits_read(hits), ruleset, hits_read(causes), run_read(run))
