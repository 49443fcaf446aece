"""E9B 评价结果反馈单: one unit's own result, told to it alone."""

from odoo.addons.bphs_base.reports.printing import day, make_form, make_table, period_text
from odoo.addons.bphs_base.tools.money import to_decimal
from odoo.addons.bphs_base.tools.paper.form import Column, CutLine, Fields, FormError, Text

COLUMNS = (
    Column("no", "序号", "index"),
    Column("item", "失分指标", weight=1.6),
    Column("problem", "问题", weight=3),
    Column("lost", "失分", "number"),
)


def form(sheet, template):
    score = sheet.score_ids
    # sudo: its state alone; a unit reads its letter, and not the whole round
    if not score or sheet.evaluation_id.sudo().state != "published":
        raise FormError("本轮评价尚未公布，反馈单不能打印")
    lost = sheet.line_ids.filtered("is_lost").sorted(lambda line: (line.sequence, line.id))
    rows = [
        {
            "item": line.item_id.display_name,
            "problem": "；".join(filter(None, (line.result_text, line.note))),
            "lost": to_decimal(line.points) - to_decimal(line.score),
        }
        for line in lost
    ]
    if score.has_final:
        told = (
            (("总分", f"{to_decimal(score.final):.2f}"), ("得分率", f"{to_decimal(score.percent):.2f}%")),
            (("名次", str(score.rank)), ("等次", score.group_name or "")),
        )
    else:
        told = ((("总分", "可评价内容不足，不计总分"),),)
    blocks = [
        Text(f"{sheet.institution_id.name}：", bold=True),
        Text(f"现将你单位{period_text(sheet.period_id)}绩效评价结果反馈如下，请对照失分指标抓好整改。", indent=True),
        Fields(told),
    ]
    if score.red_lines:
        blocks.append(Text(f"触碰红线：{score.red_lines}"))
    if sheet.findings:
        blocks.append(Text(f"综合意见：{sheet.findings}"))
    blocks += [
        make_table(template, COLUMNS, rows) if rows else Text("各项均未失分。"),
        CutLine(),
        Text(f"{template.name}已收到。", indent=True),
        Text(f"{sheet.institution_id.name}（盖章）　签收人：　　　　　　签收日期：　　　年　　月　　日", align="right"),
    ]
    return make_form(
        template,
        sheet.organiser_id,
        sheet.period_id,
        blocks,
        unit="",
        foot_above_cut=True,
        date=day(sheet._county_today()),
    )
