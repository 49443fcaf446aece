"""What a survey may say of its rates: "明显提升" is a statement about two intervals, and else it is not written."""

from datetime import date

from odoo.addons.bphs_base.tools.rate import Population, Rate

from .interval import ALONE, FALLEN, RISEN, Counted, bounds, change, difference, wilson

# Of fewer valid answers no rate is told: who was asked could be guessed.
FEWEST = 5
TOO_FEW = f"有效问卷不足{FEWEST}份，不列"
# Nor is one while people are asked: the difference one answer makes would say what was answered.
RUNNING = "调查结束后列出"
NOTHING = "—"


def rate_text(counted: Counted) -> str:
    """89.60%, halves up; a dash without a valid answer."""
    return Rate(counted.yes, Population(counted.valid, "有效问卷", "", date.min)).shown()


def interval_text(counted: Counted) -> str:
    """86.68%～91.94%; a dash without a valid answer."""
    interval = wilson(counted)
    if not interval:
        return NOTHING
    low, high = bounds(interval)
    return f"{low}%～{high}%"


def told(counted: Counted) -> str:
    """A rate with what it rests on: 89.60%（465/519）."""
    return f"{rate_text(counted)}（{counted.yes}/{counted.valid}）"


def change_text(name: str, now: Counted, before: Counted | None) -> str:
    """One sentence on how a rate compares with the survey before.

    :param name: of the rate: 满意度
    """
    if not now.valid:
        return f"没有有效问卷，{name}不能计算。"
    here = f"{name}{told(now)}，95%置信区间 {interval_text(now)}"
    found = change(now, before)
    if found == ALONE:
        return f"{here}。没有上一次调查的有效问卷数，不能比较，不作提升或下降的表述。"
    low, high = bounds(difference(now, before))
    apart = f"上一次 {told(before)}，相差的95%置信区间 {low}～{high} 个百分点"
    if found == RISEN:
        return f"{here}；较上一次明显提升（{apart}）。"
    if found == FALLEN:
        return f"{here}；较上一次明显下降（{apart}）。"
    return f"{here}；与上一次相比没有明显变化（{apart}，包含0，不能表述为“明显提升”）。"
