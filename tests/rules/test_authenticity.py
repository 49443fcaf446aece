import pytest

from odoo.addons.bphs_service.tools.authenticity import verdicts
from odoo.addons.bphs_service.tools.authenticity.seen import without


@pytest.mark.parametrize(
    ("found", "outcome"),
    [
        ([], None),
        (["true"], "true"),
        (["true", "unverifiable"], "unverifiable"),
        (["unverifiable", "partly"], "partly"),
        (["true", "partly", "false"], "false"),
    ],
)
def test_the_worst_decides(found, outcome):
    assert verdicts.outcome(found) == outcome


def test_few_are_all_looked_at():
    assert (verdicts.sample_size(3, 10), verdicts.sample_size(40, 10)) == (3, 10)


@pytest.mark.parametrize(
    ("seen", "hidden", "told"),
    [
        ("5", 0, "5"),
        ("5", 2, "3"),
        ("1", 3, "0"),
        ("131/77 × 5", 1, "131/77 × 4"),
        ("45/60 = 75.0%", 1, "45/60 = 75.0%"),
        ("12:3", 1, "12:3"),
        ("", 1, ""),
    ],
)
def test_what_was_seen_is_told_without_what_is_hidden(seen, hidden, told):
    assert without(seen, hidden) == told
