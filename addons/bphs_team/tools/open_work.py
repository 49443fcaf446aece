"""What a member who leaves has open, told in one form by whatever module it belongs to. Pure."""

from dataclasses import dataclass, field

# Whom a column names: the successor as a worker, or by their sign-in.
WORKER, USER = "worker", "user"


@dataclass(frozen=True, slots=True)
class OpenWork:
    """One kind of open work of one worker; a count and the list behind it are one query.

    :param key: name of the kind, once in the suite
    :param name: what people call it, in their language
    :param domain: which records of the model are this worker's and open
    :param names: the columns that name the worker, each as WORKER or USER
    :param dated: the records are of `bphs.team.row.mixin`: they end the day before the successor's begin
    :param action: XML id of the window action whose list shows them; empty: the model's own list
    """

    key: str
    name: str
    model: str
    domain: list
    names: dict = field(default_factory=dict)
    dated: bool = False
    action: str = ""
