"""L1 老年人健康分级告知单: one page in large type for the elder: what the colour means, why, what is done, when next.

Always of the grading that everybody who may open the file sees: nothing of severe mental illness or tuberculosis stands
on it, whoever prints it.
"""

from odoo.addons.bphs_base.reports.printing import day, make_form
from odoo.addons.bphs_base.tools.paper.form import Text

# The words of a colour for whoever stands in it.
MEANING = {
    "red": "红色：需要重点照护。医生会经常来看您，请按时服药、按时复查，不舒服马上联系我们。",
    "yellow": "黄色：需要多加留意。医生每季度会来随访，请坚持服药、按时检查。",
    "green": "绿色：目前情况稳定。请保持好的生活习惯，每年做一次健康体检。",
    "unrated": "尚未评估：还没有近一年的健康体检和自理能力评估，请尽快到卫生室或卫生院免费体检。",
}
# Type of the text and of the colour, the largest with which all of it stands on one page.
SIZES = ((20, 26), (18, 24), (16, 22), (14, 20))
# In points: what a page leaves between heading and signatures, how wide, and what stands between two paragraphs.
ROOM, WIDTH, GAP, LINE = 610, 500, 7, 1.6


def form(standing, template):
    resident = standing.resident_id
    standing._log_reading_of(resident)
    shown = standing._shown_to_all().with_context(told_to_elder=True)
    drawn = (_blocks(shown, resident, *sizes) for sizes in SIZES)
    return make_form(
        template,
        resident.institution_id,
        standing.env["bphs.period"],
        next((blocks for blocks in drawn if _height(blocks) <= ROOM), None) or _blocks(shown, resident, *SIZES[-1]),
        period_words=day(standing._county_today()),
        unit="",
    )


def _blocks(shown, resident, large, larger):
    blocks = [
        Text(f"{resident.name}　{resident.age} 岁　{resident.division_id.name}", size=large, bold=True),
        Text(""),
        Text(f"您的健康分级：{shown.colour_words}", size=larger, bold=True),
        Text(MEANING[shown.colour], size=large),
        *_part("原因", shown.reason_words, large),
        *_part("我们会这样做", shown.action_words, large),
        *_part("下次随访", _next(shown), large),
    ]
    if team := resident.team_id.sudo():  # sudo: whom to call, as it hangs on the wall
        told = f"有事请联系：{team.name}　{team.leader_id.name or ''}　{team.phone or ''}"
        blocks += [Text(""), Text(told, size=large, bold=True)]
    return blocks


def _height(blocks):
    """About how high these texts are, rather more than less: figures are as wide as characters here."""
    lines = (max(1, -(-len(block.text) * block.size // WIDTH)) * block.size * LINE for block in blocks)
    return sum(lines) + GAP * len(blocks)


def _next(standing):
    if not standing.due_on:
        return ""
    if standing.overdue:
        return "随访已到期，请尽快与我们联系。"
    return f"请在 {day(standing.due_on)} 以前接受随访。"


def _part(title, words, size):
    if not words:
        return []
    return [Text(""), Text(title, size=size, bold=True), *(Text(line, size=size) for line in words.split("\n"))]
