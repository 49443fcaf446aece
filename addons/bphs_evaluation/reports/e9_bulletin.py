"""E9 通报: what a round came to, as an official document; annex 1 and annex 2 are bound behind it."""

from odoo.addons.bphs_base.reports.printing import name_of
from odoo.addons.bphs_base.tools.paper.official import Annex, Official, paragraphs

from . import e7_scores, e8_problems

DRAFT = "送审稿"
NUMERALS = "一二三四五六七八九"


def official(round_, template):
    sections = (
        ("项目完成情况", round_.bulletin_figures),
        ("评价结果", round_.bulletin_results),
        ("存在问题", round_.bulletin_problems),
        ("下一步工作要求", round_.bulletin_demands),
    )
    text = list(paragraphs(round_.bulletin_opening))
    told = [(title, found) for title, words in sections if (found := paragraphs(words))]
    for number, (title, found) in enumerate(told):
        text += [f"{NUMERALS[number]}、{title}", *found]
    return Official(
        issuers=round_._signers(),
        title=round_.bulletin_title or template.name,
        addressee=addressed(round_.bulletin_to or "各有关单位"),
        paragraphs=tuple(text),
        number=round_.bulletin_document_id.number or "",
        date=round_._bulletin_day(),
        annexes=(
            Annex("评价情况表", (e7_scores.table(round_, _words(round_, "E7", template)),)),
            Annex("各单位问题列表", (e8_problems.table(round_, _words(round_, "E8", template)),)),
        ),
        copies=closed(round_.bulletin_copies),
        printer=template.issuer or name_of(round_.institution_id),
        watermark="" if round_.state == "published" else DRAFT,
    )


def _words(round_, code, template):
    """The county's words of an annex that is a form of its own."""
    return round_.env["bphs.print.template"]._for(code) or template


def addressed(text):
    """主送 ends with a colon."""
    return f"{text.strip().rstrip('：:')}："


def closed(text):
    """抄送 ends with a full stop."""
    return f"{text.strip().rstrip('。')}。" if text and text.strip() else ""
