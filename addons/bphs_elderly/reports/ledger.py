"""E16 老年人红黄绿台账: the elders of a place with colour, reasons and visits.

Names are masked: whole lists of people are taken out of the register, with a reason. Who is meant, the file's number
says to whoever may open it.
"""

from odoo.addons.bphs_base.reports.printing import day, heading, make_form, make_table
from odoo.addons.bphs_base.tools.masking import mask_name
from odoo.addons.bphs_base.tools.paper.form import Column, Text
from odoo.addons.bphs_base.tools.workbook import Sheet

COLUMNS = (
    Column("number", "序号", "index"),
    Column("file", "档案号", "code", weight=2),
    Column("name", "姓名", weight=0.9),
    Column("age", "年龄", "integer", weight=0.6),
    Column("care", "自理", weight=1),
    Column("colour", "颜色", weight=0.9),
    Column("reasons", "理由", weight=3.2),
    Column("due", "应访", "integer", weight=0.6, total=True),
    Column("done", "已访", "integer", weight=0.6, total=True),
    Column("next", "下次", "date", weight=1.2),
    Column("who", "责任人", weight=1),
)
CARE = {"able": "可自理", "mild": "轻度依赖", "moderate": "中度依赖", "unable": "不能自理"}


def rows(dialog):
    """Of the elders there whom this user may see, in the order of their villages."""
    standings = dialog._standings()
    residents = standings.resident_id
    standings._log_reading_of(residents)
    care, visits, doctors = residents._elder_care(), residents._elder_visits(), residents._elder_doctors()
    return [
        {
            "file": standing.resident_id.ehr_number,
            "name": mask_name(standing.resident_id.name),
            "age": standing.resident_id.age,
            "care": CARE.get(care.get(standing.resident_id.id), "未评估"),
            "colour": standing.colour_words,
            "reasons": (standing.reason_words or "").replace("\n", "；"),
            "due": visits.get(standing.resident_id.id, (0, 0))[0],
            "done": visits.get(standing.resident_id.id, (0, 0))[1],
            "next": standing.due_on or None,
            "who": doctors.get(standing.resident_id.id, ""),
        }
        for standing in standings
    ]


def form(dialog, template):
    words = f"{dialog._place_words()}　截至 {day(dialog._county_today())}"
    table = make_table(template, COLUMNS, rows(dialog))
    period = dialog.env["bphs.period"]
    return make_form(template, dialog.institution_id, period, (Text(words), table), landscape=True, unit="")


def sheets(dialog, template):
    above = (
        *heading(template, dialog.institution_id, dialog.env["bphs.period"], unit=""),
        f"{dialog._place_words()}　截至 {day(dialog._county_today())}",
    )
    notes = tuple(filter(None, (template.note,)))
    return [Sheet(template.name, make_table(template, COLUMNS, rows(dialog)), heading=above, notes=notes, freeze=3)]
