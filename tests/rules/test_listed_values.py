"""One value of a list from outside: what is kept of it, or why it is refused."""

import pytest

from odoo.addons.bphs_base.tools.sheet_guard import SheetError
from odoo.addons.bphs_elderly.tools.listed import listed_value


@pytest.mark.parametrize(
    ("kind", "text", "kept"),
    [
        ("exam", "", None),
        ("adl_score", " 0 ", "0"),
        ("adl_score", "37", "37"),
        ("sbp", "152", "152"),
        ("hba1c", "7.2", "7.2"),
        ("cognition_screen", "阳性", "positive"),
        ("mood_screen", "粗筛阴性", "negative"),
        ("smi_state", "基本稳定", "fairly_stable"),
        ("hypertension", "控制满意", "controlled"),
        ("copd", "uncontrolled", "uncontrolled"),
    ],
)
def test_kept(kind, text, kept):
    assert listed_value(kind, text) == kept


@pytest.mark.parametrize(
    ("kind", "text", "said"),
    [
        ("exam", "正常", "只填日期"),
        ("adl_score", "  ", "必填"),
        ("adl_score", "38", "0至37分"),
        ("adl_score", "4.5", "不是该项目的结果"),
        ("cognition_screen", "正常", "不是该项目的结果"),
        ("diabetes", "7.0", "控制满意或控制不满意"),
    ],
)
def test_refused(kind, text, said):
    with pytest.raises(SheetError, match=said):
        listed_value(kind, text)
