"""What follows from attempts in vain: days of quiet, in every branch."""

from datetime import date

import pytest

from odoo.addons.bphs_service.tools.attempts import quiet_until

TODAY = date(2026, 3, 10)


@pytest.mark.parametrize(
    ("kind", "agreed_on", "before", "until"),
    [
        ("unreachable", None, [], None),
        ("unreachable", None, [date(2026, 3, 9)], None),
        # Twice on one day is one day.
        ("unreachable", None, [date(2026, 3, 9), date(2026, 3, 9), TODAY], None),
        ("refused", None, [date(2026, 3, 9), date(2026, 3, 1)], date(2026, 4, 9)),
        ("agreed", date(2026, 3, 20), [], date(2026, 3, 19)),
        ("agreed", date(2026, 3, 11), [date(2026, 3, 9), date(2026, 3, 1)], TODAY),
        ("agreed", None, [date(2026, 3, 9), date(2026, 3, 1)], date(2026, 4, 9)),
    ],
)
def test_quiet(kind, agreed_on, before, until):
    assert quiet_until(kind, TODAY, agreed_on, before) == until
