"""The small county is made once for the test classes that follow one another, and not anew by each.

What a case makes in `_make_county` lies in one open transaction, behind a savepoint. The next class that builds on the
same goes back to that savepoint, with what was set on the class then; one that builds on less goes back further. So
`_make_county` makes records and sets what it made on the class, and no more: patches and clean-ups are `setUpClass`'s.
"""

import time
from contextlib import contextmanager, nullcontext
from functools import wraps
from unittest.mock import patch

import freezegun.api

from odoo import api, fields
from odoo.modules.registry import Registry
from odoo.tests import HttpCase
from odoo.tests.common import get_db_name
from odoo.tests.suite import OdooSuite
from odoo.tools import SQL

# Its moment is that of the beginning: after some minutes it is begun anew, that nothing made in it looks old.
SECONDS = 120
# What Odoo and this module set on every class.
NOT_OF_THE_COUNTY = ("_make_county", "cr", "env", "registry")


class Level:
    """What stands behind one savepoint."""

    def __init__(self, key, number, told=()):
        self.key, self.savepoint, self.told = key, SQL.identifier(f"shared_county_{number}"), dict(told)


class SharedCounty:
    """The open transaction, with a pile of levels: the county, what funds add to it, what paying adds to that."""

    def __init__(self):
        self.cr = self.case = None
        self.levels = []

    @contextmanager
    def lent(self, case):
        """Whoever opens a cursor gets this one, gone back to what of the county of `case` stands in it."""
        if self.cr and time.monotonic() - self.begun > SECONDS:
            self.close()
        if not self.cr:
            self.begun = time.monotonic()
            self.cr = Registry(get_db_name()).cursor()
            self.cr.close = self._back  # as Odoo asks for at the end of each class
            self.levels = []
            self._push(None)
        with case.freeze_time or nullcontext():
            self.moment = _moment()
        self.case, self.before = case, dict(vars(case))
        keys = {None, *(self._key(case, owner) for owner in case.__mro__ if "_make_county" in vars(owner))}
        self._back(*(level for level in self.levels if level.key in keys))
        with patch.object(Registry, "cursor", lambda _registry, **_options: self.cr):
            yield
        self.before = dict(vars(case))

    def close(self):
        if self.cr:
            type(self.cr).close(self.cr)
        self.cr = self.case = None

    def made(self, owner, make, case):
        """Have `owner` make its part of the county, where it does not stand there yet."""
        key = self._key(case, owner)
        level = next((level for level in self.levels if level.key == key), None)
        if level:
            if level is not self.levels[-1]:
                self._back(level)
            for name, value in level.told.items():
                setattr(case, name, _copied(value))
            return
        make(case)
        case.env.flush_all()
        told = {name: value for name, value in vars(case).items() if self.before.get(name) is not value}
        self._push(key, {name: _copied(value) for name, value in told.items() if name not in NOT_OF_THE_COUNTY})

    def collect_files(self):
        """Delete the files of attachments that are no more."""
        if self.cr:
            api.Environment(self.cr, api.SUPERUSER_ID, {})["ir.attachment"]._gc_file_store_unsafe()

    # === HELPERS === #

    def _push(self, key, told=()):
        level = Level(key, len(self.levels), told)
        self.cr.execute(SQL("SAVEPOINT %s", level.savepoint))
        self.levels.append(level)

    def _back(self, *kept):
        """Undo what came after the last of these levels; without one, what came after the last of all."""
        level = kept[-1] if kept else self.levels[-1]
        self.cr.clear()
        self.cr.cache.clear()
        for hooks in (self.cr.postcommit, self.cr.prerollback, self.cr.postrollback):
            hooks.clear()
        self.cr.execute(SQL("ROLLBACK TO SAVEPOINT %s", level.savepoint))
        del self.levels[self.levels.index(level) + 1 :]

    def _key(self, case, owner):
        """What a part of the county depends on: the day, who makes it and what is below, what `case` says otherwise."""
        parents = case.__mro__[case.__mro__.index(owner) :]
        makers = tuple(parent.__dict__["_make_county"] for parent in parents if "_make_county" in vars(parent))
        known = {name for parent in parents if _is_ours(parent) for name in vars(parent) if _is_said(name)}
        known.difference_update(*(vars(parent) for parent in parents if not _is_ours(parent)))  # such as clean-ups
        others = tuple(
            (name, id(value))
            for child in case.__mro__[: case.__mro__.index(owner)]
            for name, value in (self.before if child is case else vars(child)).items()
            if name in known
        )
        return self.moment, issubclass(case, HttpCase), makers, others


SHARED = SharedCounty()


def shared(owner, make):
    """`make` as it is to stand in `owner`: it makes its part of the county where that does not stand there yet."""

    @wraps(make)
    def _make_county(case):
        if SHARED.case is case:
            SHARED.made(owner, make, case)
        else:  # the county of a live server
            make(case)

    return classmethod(_make_county)


def _moment():
    """The day, or the very moment where a test has stopped the clock."""
    frozen = freezegun.api.freeze_factories
    return str(frozen[-1]() if frozen else fields.Date.today())


def _copied(value):
    """A list of its own for each class: some add to it."""
    if isinstance(value, dict):
        return {key: _copied(one) for key, one in value.items()}
    return type(value)(value) if isinstance(value, (list, set)) else value


def _is_ours(parent):
    return parent.__module__.startswith("odoo.addons.bphs_")


def _is_said(name):
    return not name.startswith(("__", "test")) and name not in NOT_OF_THE_COUNTY


def _close_after_the_last():
    """Nobody else waits for locks of the county: its transaction ends with the last class that is of it."""
    tear_down = OdooSuite._tearDownPreviousClass

    def _tear_down(suite, test, result):
        tear_down(suite, test, result)
        if not hasattr(test, "_make_county"):
            SHARED.close()

    OdooSuite._tearDownPreviousClass = _tear_down


_close_after_the_last()
