"""One value of a list that came from outside, as the rules of grading read it.

Pure.
"""

from odoo.addons.bphs_base.tools.replay_reader import ReplayError
from odoo.addons.bphs_base.tools.sheet_guard import SheetError
from odoo.addons.bphs_service.tools.scores import SELF_CARE

from .grading.rules import CONTROLS, EXAM
from .grading.ruleset_document import read_value

DISEASES = ("hypertension", "diabetes", "copd")
MOST_SELF_CARE = sum(max(worth) for worth in SELF_CARE)
# What lists write for the words of the rules.
_WORDS = {
    "positive": ("positive", "阳性", "粗筛阳性"),
    "negative": ("negative", "阴性", "粗筛阴性"),
    "controlled": ("controlled", "控制", "控制满意", "满意"),
    "uncontrolled": ("uncontrolled", "未控制", "控制不满意", "不满意"),
    "stable": ("stable", "稳定", "病情稳定"),
    "fairly_stable": ("fairly_stable", "基本稳定"),
    "unstable": ("unstable", "不稳定"),
}
_MEANT = {written: word for word, all_written in _WORDS.items() for written in all_written}


def listed_value(kind: str, text: str) -> str | None:
    """Return the value of a result as it is kept; None of an examination, which has none.

    :raise SheetError: it is no value of this kind
    """
    text = text.strip()
    if kind == EXAM:
        if text:
            raise SheetError("体检只填日期，不填结果")
        return None
    if not text:
        raise SheetError("必填")
    value = _MEANT.get(text, text)
    if kind in DISEASES:
        if value not in CONTROLS:
            raise SheetError(f"“{text[:20]}”应为控制满意或控制不满意")
        return value
    try:
        read_value(kind, value, "value")
    except ReplayError as error:
        raise SheetError(f"“{text[:20]}”不是该项目的结果") from error
    if kind == "adl_score" and int(value) > MOST_SELF_CARE:
        raise SheetError(f"自理评估总分为0至{MOST_SELF_CARE}分")
    return value
