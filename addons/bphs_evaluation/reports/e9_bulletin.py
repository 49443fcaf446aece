"""E9 通报: opening, results, problems and demands of a round; annex 1 and annex 2 follow on pages of their own."""

from odoo.addons.bphs_base.reports.printing import day, make_form
from odoo.addons.bphs_base.tools.paper.form import Text

from . import e7_scores, e8_problems

SIZE = 12
DRAFT = "送审稿"


def forms(round_, template):
    """The bulletin upright, and its annexes across."""
    watermark = "" if round_.state == "published" else DRAFT
    annexes = (("附件1　评价情况表", e7_scores.table), ("附件2　问题列表", e8_problems.table))
    return [
        _bulletin(round_, template, watermark),
        *(
            make_form(
                template,
                round_.institution_id,
                round_.period_id,
                (table(round_, template),),
                title=title,
                landscape=True,
                unit="",
                watermark=watermark,
            )
            for title, table in annexes
        ),
    ]


def _bulletin(round_, template, watermark):
    blocks = [Text("各有关单位：", size=SIZE), *paragraphs(round_.bulletin_opening)]
    for title, text in (
        ("一、评价结果", round_.bulletin_results),
        ("二、主要问题", round_.bulletin_problems),
        ("三、工作要求", round_.bulletin_demands),
    ):
        blocks += [Text(title, bold=True, size=SIZE, indent=True), *paragraphs(text)]
    blocks += [
        Text("附件：1. 评价情况表", size=SIZE, indent=True),
        Text("　　　2. 问题列表", size=SIZE, indent=True),
    ]
    return make_form(
        template,
        round_.institution_id,
        round_.period_id,
        blocks,
        unit="",
        number=round_.document_id.number or "",
        date=day(round_.published_on),
        watermark=watermark,
    )


def paragraphs(text):
    return [Text(line, size=SIZE, indent=True) for line in (text or "").splitlines() if line.strip()]
