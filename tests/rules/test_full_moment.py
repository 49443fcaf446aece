from hypothesis import given
from hypothesis import strategies as st

from odoo.addons.bphs_base.tools import full_moment


@given(st.floats(min_value=0, max_value=3600))
def test_it_is_told_at_the_next_full_moment(elapsed):
    wait = full_moment.seconds_to_wait(elapsed)
    assert 0 < wait <= full_moment.STEP
    moments = (elapsed + wait) / full_moment.STEP
    assert abs(moments - round(moments)) < 1e-6


def test_where_nothing_is_waited_for(monkeypatch):
    monkeypatch.setattr(full_moment, "STEP", 0)
    assert full_moment.seconds_to_wait(0.1) == 0
