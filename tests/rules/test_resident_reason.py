"""A reason in the log says something."""

import pytest

from odoo.addons.bphs_resident.tools.reason import has_words


@pytest.mark.parametrize("reason", ["随访", "核对电话", "ok", "3 月随访", "á-b"])
def test_words(reason):
    assert has_words(reason)


@pytest.mark.parametrize("reason", [None, False, "", ".", "..", "11", "啊啊啊", "a", "aaa", " 。！", "随"])
def test_no_words(reason):
    assert not has_words(reason)
