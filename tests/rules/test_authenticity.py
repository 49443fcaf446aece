import pytest

from odoo.addons.bphs_service.tools.authenticity import verdicts


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
