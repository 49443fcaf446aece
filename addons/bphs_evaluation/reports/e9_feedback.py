"""E9B 评价结果反馈函: one unit's own result, told to it alone; what it lost and the slip to send back behind it."""

from odoo.addons.bphs_base.reports.printing import day, make_table, name_of, period_text
from odoo.addons.bphs_base.tools.money import to_decimal
from odoo.addons.bphs_base.tools.paper.form import Column, FormError, Text
from odoo.addons.bphs_base.tools.paper.official import Annex, Official, paragraphs

COLUMNS = (
    Column("no", "序号", "index"),
    Column("item", "失分指标", weight=1.6),
    Column("problem", "问题", weight=3),
    Column("lost", "失分", "number"),
)


def official(sheet, template):
    # sudo: state and number of its bulletin alone; a unit reads its letter, and not the whole round
    round_ = sheet.evaluation_id.sudo()
    score = sheet.score_ids
    if not score or round_.state != "published":
        raise FormError("本轮评价尚未公布，反馈函不能打印")
    unit, period = sheet.institution_id.name, period_text(sheet.period_id)
    rows = _lost(sheet)
    what = round_._kind_words()
    text = [f"现将你单位{period}基本公共卫生服务{what}结果函告如下。", "一、评价结果", _result(score)]
    if score.red_lines:
        text.append(f"触碰红线：{score.red_lines}。")
    if round_.bulletin_document_id:
        text.append(f"全部单位的评价情况见《{round_.bulletin_title}》（{round_.bulletin_document_id.number}）。")
    text.append("二、存在问题")
    text += paragraphs(sheet.findings)
    text.append(f"共有 {len(rows)} 项指标失分，见附件。" if rows else "各项指标均未失分。")
    text += ["三、工作要求", "请对照失分指标逐项整改，明确责任人和完成时限，按期提交佐证材料，并将回执加盖公章后送回。"]
    return Official(
        issuers=(template.issuer or name_of(sheet.organiser_id),),
        title=f"关于反馈{unit}{period}{what}结果的函",
        addressee=f"{unit}：",
        paragraphs=tuple(text),
        date=day(round_.bulletin_document_id.date or round_.published_on),
        annexes=(
            *((Annex("失分情况表", (make_table(template, COLUMNS, rows),), landscape=False),) if rows else ()),
            Annex("回执", _slip(sheet, template, f"{period}{what}"), landscape=False),
        ),
        letter=True,
    )


def _result(score):
    if not score.has_final:
        return "可评价内容不足，不计总分。"
    words = (
        f"总分 {to_decimal(score.final):.2f} 分，得分率 {to_decimal(score.percent):.2f}%，"
        f"第 {score.rank} 名，等次为{score.group_name or '未定'}"
    )
    return "；".join(filter(None, (words, score._compared_words()))) + "。"


def _lost(sheet):
    lost = sheet.line_ids.filtered("is_lost").sorted(lambda line: (line.sequence, line.id))
    return [
        {
            "item": line.item_id.display_name,
            "problem": "；".join(filter(None, (line.result_text, line.note))),
            "lost": to_decimal(line.points) - to_decimal(line.score),
        }
        for line in lost
    ]


def _slip(sheet, template, what):
    organiser = template.issuer or name_of(sheet.organiser_id)
    return (
        Text(f"{organiser}：", indent=False),
        Text(f"{what}结果反馈函已收到，对评价结果（无异议／有异议，说明附后）。", indent=True),
        Text("签收人：　　　　　　　　　　", align="right"),
        Text(f"{sheet.institution_id.name}（盖章）", align="right"),
        Text("　　　　年　　月　　日", align="right"),
    )
