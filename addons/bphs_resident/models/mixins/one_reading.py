"""One page that is read: the file and all its lines, as one opening."""

from contextlib import contextmanager
from contextvars import ContextVar

# Of the page that is being read: (user, file) of the openings entered for it.
_entered = ContextVar("bphs_one_reading", default=None)


@contextmanager
def one_reading():
    """What is read within is one page. A page within a page is a part of it."""
    if _entered.get() is not None:
        yield
        return
    token = _entered.set(set())
    try:
        yield
    finally:
        _entered.reset(token)


def is_one_reading():
    return _entered.get() is not None


def is_entered(user, file):
    """Whether this file's opening was entered for this page; once asked it counts as entered."""
    entered = _entered.get()
    if entered is None:
        return False
    known = (user, file) in entered
    entered.add((user, file))
    return known
