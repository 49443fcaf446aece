"""E8 附件2 问题列表: what each unit lost points for, unit by unit, with the deadline and who puts it right."""

from odoo.addons.bphs_base.reports.printing import make_form, make_table
from odoo.addons.bphs_base.tools.paper.form import Column

COLUMNS = (
    Column("no", "序号", "index"),
    Column("unit", "单位", weight=1.3),
    Column("problem", "问题", weight=3),
    Column("indicator", "指标", "code", weight=0.6),
    Column("repeat", "重复", weight=0.5),
    Column("deadline", "时限", "date"),
    Column("person", "责任人", weight=0.8),
)


def table(round_, template):
    # Published, the register of problems says what became of them; before, the sheets say what it will hold.
    places = round_.problem_ids.line_ids
    rows = [
        {
            "unit": place.institution_id.name,
            "problem": "：".join(filter(None, (place.problem_id.name, place.detail))),
            "indicator": place.problem_id.indicator,
            "repeat": "是" if place.is_repeat else "",
            "deadline": place.rectification_id.deadline or place.deadline,
            "person": place.rectification_id.responsible_id.name,
        }
        for place in places.sorted(lambda place: (place.institution_id.code, place.problem_id.id))
    ] or [
        {
            "unit": line.institution_id.name,
            "problem": f"{line.item_id.name}：{line._lost_text()}",
            "indicator": line.item_id.code,
            "repeat": "",
            "deadline": None,
            "person": "",
        }
        for line in round_._lost_lines().sorted(lambda line: (line.institution_id.code, line.sequence))
    ]
    return make_table(template, COLUMNS, rows)


def form(round_, template):
    return make_form(
        template, round_.institution_id, round_.period_id, (table(round_, template),), landscape=True, unit=""
    )
