"""E9 通报: opening, results, problems and demands of a round, with annex 1 and annex 2."""

from odoo.addons.bphs_base.reports.printing import day, make_form
from odoo.addons.bphs_base.tools.form import Text

from . import e7_scores, e8_problems

SIZE = 12


def form(round_, template):
    blocks = [Text("各有关单位：", size=SIZE), *paragraphs(round_.bulletin_opening)]
    for title, text in (
        ("一、评价结果", round_.bulletin_results),
        ("二、主要问题", round_.bulletin_problems),
        ("三、工作要求", round_.bulletin_demands),
    ):
        blocks += [Text(title, bold=True, size=SIZE), *paragraphs(text)]
    blocks += [
        Text("附件：1. 评价情况表", size=SIZE, indent=True),
        Text("　　　2. 问题列表", size=SIZE, indent=True),
        Text("附件1　评价情况表", bold=True, size=SIZE),
        e7_scores.table(round_, template),
        Text("附件2　问题列表", bold=True, size=SIZE),
        e8_problems.table(round_, template),
    ]
    return make_form(
        template,
        round_.institution_id,
        round_.period_id,
        blocks,
        unit="",
        landscape=True,
        number=round_.document_id.number or "",
        date=day(round_.published_on),
        watermark="" if round_.state == "published" else "送审稿",
    )


def paragraphs(text):
    return [Text(line, size=SIZE, indent=True) for line in (text or "").splitlines() if line.strip()]
