"""E4 现场评分表: what was found for each item, signed by both sides."""

from odoo.addons.bphs_base.reports.printing import day, make_form, make_table, name_of
from odoo.addons.bphs_base.tools.money import to_decimal
from odoo.addons.bphs_base.tools.paper.form import Column, Fields

COLUMNS = (
    Column("item", "指标", weight=2.4),
    Column("points", "分值", "number"),
    Column("lost", "扣分", "number"),
    Column("score", "得分", "number"),
    Column("found", "结果", weight=1.8),
    Column("note", "原因", weight=2),
    Column("proof", "佐证", weight=1.2),
)


def table(sheet, template):
    rows = []
    for line in sheet.line_ids.sorted(lambda line: (line.sequence, line.id)):
        points, score = to_decimal(line.points), to_decimal(line.score)
        rows.append(
            {
                "item": line.item_id.display_name,
                "points": points,
                "lost": points - score if line.is_assessed else None,
                "score": score if line.is_assessed else None,
                "found": line.result_text,
                "note": line.note,
                "proof": f"{line.evidence_count} 张" if line.evidence_count else "",
            }
        )
    return make_table(template, COLUMNS, rows)


def form(sheet, template):
    signed = sheet.signed_at and day(sheet._county_day(sheet.signed_at))
    by_unit = sheet.unit_signed_at and day(sheet._county_day(sheet.unit_signed_at))
    crossed = "；".join(f"{one.red_line_id.display_name}（{one.finding}）" for one in sheet.crossing_ids)
    evaluators = "、".join(sheet.evaluator_ids.sudo().mapped("name"))  # sudo: names alone
    head = [
        (("单位", sheet.institution_id.name), ("评价日期", day(sheet.visit_date))),
        (("评价人员", evaluators), ("组", sheet.team or "")),
    ]
    foot = [
        (("现场得分", f"{to_decimal(sheet.scored):.2f}"), ("触碰红线", crossed or "无")),
        (("评价人签字", f"{sheet.signed_by_id.name or ''}　{signed or ''}"),),
        (("单位签字", f"{sheet.unit_signed_by_id.name or ''}　{by_unit or ''}"),),
    ]
    if sheet.findings:
        foot.insert(1, (("综合意见", sheet.findings),))
    return make_form(
        template,
        sheet.organiser_id,
        sheet.period_id,
        (Fields(tuple(head)), table(sheet, template), Fields(tuple(foot))),
        unit="",
        landscape=True,
        notes=(f"主办单位：{name_of(sheet.organiser_id)}",),
    )
