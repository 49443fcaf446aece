"""E13 回头看表: how the sample was drawn, each task drawn, and what was found; the workbook holds the frame as well."""

from odoo.addons.bphs_base.reports.printing import day, heading, make_form, make_table
from odoo.addons.bphs_base.tools.paper.form import Column, Fields, Table
from odoo.addons.bphs_base.tools.workbook import Sheet

from .common import label

COLUMNS = (
    Column("no", "序号", "index"),
    Column("number", "任务编号", "code"),
    Column("institution", "单位", weight=1.2),
    Column("problem", "原问题", weight=2.2),
    Column("closed_on", "销号日", "date"),
    Column("verdict", "结论", weight=0.8),
    Column("finding", "回头看情况", weight=2),
    Column("checked_by", "检查人", weight=0.8),
    Column("checked_on", "检查日期", "date"),
    Column("sign", "单位签字", "sign"),
)
FRAME = (Column("no", "序号", "index"), Column("number", "任务编号", "code"), Column("drawn", "抽中", weight=0.6))


def table(lookback, template):
    rows = [
        {
            "number": line.rectification_id.number,
            "institution": line.institution_id.name,
            "problem": line.problem_summary,
            "closed_on": line.closed_on,
            "verdict": label(line, "verdict"),
            "finding": line.finding,
            "checked_by": line.checked_by_id.name,
            "checked_on": line.checked_on,
        }
        for line in lookback.line_ids.sorted("sequence")
    ]
    return make_table(template, COLUMNS, rows, row_height=10)


def form(lookback, template):
    drawn = (
        (("名称", lookback.name), ("销号时间", f"{lookback.date_from} 至 {lookback.date_to}")),
        (("抽样方法", f"{label(lookback, 'method')}抽样"), ("抽样时间", day(lookback.drawn_on))),
        (
            ("总体与样本", f"{lookback.frame_size} 项中抽取 {lookback.line_count} 项"),
            ("结果", f"保持 {lookback.holds_count} 项，反弹 {lookback.fails_count} 项，待查 {lookback.open_count} 项"),
        ),
        (("随机种子", lookback.seed or ""),),
        (("总体校验值", lookback.frame_hash or ""),),
    )
    return make_form(
        template,
        lookback.institution_id,
        lookback.env["bphs.period"],
        (Fields(drawn), table(lookback, template)),
        landscape=True,
        unit="",
    )


def sheets(lookback, template):
    above = heading(template, lookback.institution_id, lookback.env["bphs.period"], unit="")
    drawn = set(lookback.line_ids.rectification_id.mapped("number"))
    frame = [{"number": number, "drawn": "是" if number in drawn else ""} for number in lookback.frame or ()]
    return [
        Sheet(template.name, table(lookback, template), heading=above, freeze=2),
        Sheet(
            "抽样总体",
            Table(FRAME, frame),
            heading=("抽样总体", f"种子 {lookback.seed or ''}，SHA-256 {lookback.frame_hash or ''}"),
            portrait=True,
        ),
    ]
