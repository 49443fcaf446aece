"""E13 销号审批单: what was wrong and put right, and one opinion box for each who has a say in closing it."""

from odoo.addons.bphs_base.reports.printing import day, make_form
from odoo.addons.bphs_base.tools.paper.form import Fields, FormError, Opinion, Opinions

from .common import evidence_text, issuer_of, label, page_of

# Step of the history -> whose box it fills. Who has no step signs by hand.
BOXES = (("submit", "责任单位"), ("verify", "核验人"))
# The clerk closes in the section's name; only the section's own officer fills the section's box.
CLERK, SECTION, LEADER = "经办（整改专管员）", "基层科", "分管领导"
# What a box says where nothing was written.
DEFAULTS = {"submit": "已完成整改，申请销号。", "verify": "经核验，整改到位。", "close": "同意销号。"}


def form(task, template):
    if task.state not in ("verified", "closed"):
        raise FormError("任务核验通过后才能打印销号审批单")
    rows = (
        (("任务编号", task.number or ""), ("责任单位", task.institution_id.name)),
        (("整改类型", label(task, "severity")), ("责任人", task.responsible_id.name or "")),
        (("下达日期", day(task.date_issued)), ("整改时限", day(task.deadline))),
        (("存在问题", task.problem_summary or ""),),
        (("原因分析", task.cause or ""),),
        (("整改措施", task.measures or ""),),
        (("完成情况", task.result or ""),),
        (("佐证材料", evidence_text(task)),),
    )
    return make_form(
        template,
        issuer_of(task.institution_id),
        task.env["bphs.period"],
        (Fields(rows), Opinions(_opinions(task), height=20)),
        number=task.number or "",
        unit="",
        qr=page_of(task),
    )


def _opinions(task):
    """A box is filled by the latest step of its kind that still stands: a reopened task starts over."""
    events = task.event_ids.sorted("id")
    reopened = events.filtered(lambda event: event.kind in ("reopen", "reject", "return"))[-1:].id or 0
    last = {event.kind: event for event in events if event.id > reopened}
    boxes = [_opinion(title, last.get(kind), DEFAULTS[kind]) for kind, title in BOXES]
    closing = last.get("close")
    by_section = not closing or closing.user_id._holds_role(("primary_care_officer",))
    if not by_section:
        boxes.append(_opinion(CLERK, closing, DEFAULTS["close"]))
    section = _opinion(SECTION, closing, DEFAULTS["close"]) if by_section else Opinion(SECTION)
    return (*boxes, section, Opinion(LEADER))


def _opinion(title, event, default):
    if not event:
        return Opinion(title)
    return Opinion(title, event.reason or default, event.user_id.name, day(event.date))
