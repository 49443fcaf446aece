"""C2 本村待办名单: whose services are overdue and whose contracts end soon, for whoever goes from door to door.

Passed on from phone to phone: names are masked, and no number and no birth date stand on it.
"""

from odoo.addons.bphs_base.reports.printing import day, make_table
from odoo.addons.bphs_base.tools.masking import mask_name
from odoo.addons.bphs_base.tools.paper.form import Column
from odoo.addons.bphs_base.tools.paper.picture import MOST_ROWS, Picture
from odoo.addons.bphs_base.tools.workbook import Sheet

COLUMNS = (
    Column("number", "序号", "index", weight=0.8),
    Column("resident", "姓名", weight=1.3),
    Column("late", "逾期未做", weight=3),
    Column("date_to", "签约到期", "date", weight=1.8),
)
TYPE_SIZE = 20


def rows(dialog):
    """Of the contracts in force in the village that this user may see, those with something to do."""
    contracts = dialog.env["bphs.contract"]
    today = dialog._county_today()
    found = contracts.search(dialog._contracts())
    found._log_reading_of(found.resident_id)
    promised, told = found._promise_rows(), []
    for contract in found.sorted(lambda one: (one.until, one.id)):
        # What fell due in an earlier year is over; what came late is done.
        due = [row for row in promised[contract.id] if today.replace(month=1, day=1) <= row["due"] < today]
        late = [row["name"] for row in due if not row["kept"]]
        ends = contract.days_left <= dialog.within_days
        if late or ends:
            told.append(
                {
                    "resident": mask_name(contract.resident_id.name),
                    "late": "、".join(dict.fromkeys(late)),
                    "date_to": contract.date_to if ends else None,
                    # sudo: for the print log, which tells a number that tells of nobody
                    "restricted": contract.resident_id.sudo().restricted,
                }
            )
    # What ends soonest first, then who has waited for most.
    return sorted(told, key=lambda row: (not row["date_to"], row["date_to"] or today, -len(row["late"])))


def _heading(dialog, template):
    return template.name, f"{dialog.division_id.name}　{day(dialog._county_today())}"


def picture(dialog, template):
    every = rows(dialog)
    notes = [template.note] if template.note else []
    if len(every) > MOST_ROWS:
        notes.append(f"共 {len(every)} 人，图片列最急的 {MOST_ROWS} 人，其余见表格。")
    table = make_table(template, COLUMNS, every[:MOST_ROWS])
    return Picture(table, heading=_heading(dialog, template), notes=tuple(notes))


def sheets(dialog, template):
    table = make_table(template, COLUMNS, rows(dialog))
    notes = tuple(filter(None, (template.note,)))
    return [
        Sheet(template.name, table, heading=_heading(dialog, template), notes=notes, portrait=True, type_size=TYPE_SIZE)
    ]
