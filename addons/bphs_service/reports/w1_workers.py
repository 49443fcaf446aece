"""W1 人员标化工作量表: what each worker did in a month that counts, in equivalents, for performance pay."""

from odoo.addons.bphs_base.reports.printing import heading, make_form, make_table
from odoo.addons.bphs_base.tools.money import round_half_up
from odoo.addons.bphs_base.tools.paper.form import Column
from odoo.addons.bphs_base.tools.workbook import Sheet

COLUMNS = (
    Column("no", "序号", "index"),
    Column("institution", "机构", weight=2),
    Column("worker", "人员", weight=1),
    Column("records", "计入的服务（项次）", "integer", total=True),
    Column("points", "标化工作当量", "number", total=True),
)


def table(sheet, template):
    return make_table(
        template,
        COLUMNS,
        [
            {
                "institution": row["institution"].name,
                "worker": row["worker"].name or "未注明人员",
                "records": row["records"],
                "points": round_half_up(row["points"]),
            }
            for row in sheet._rows()
        ],
    )


def _words(sheet):
    way = sheet.env["bphs.earning"]._sharing_words(sheet.month)
    return f"{sheet.month:%Y年%m月}　合并服务计量：{way}"


def form(sheet, template):
    return make_form(
        template,
        sheet.institution_id,
        sheet.env["bphs.period"],
        (table(sheet, template),),
        period_words=_words(sheet),
        unit="",
    )


def sheets(sheet, template):
    above = heading(template, sheet.institution_id, sheet.env["bphs.period"], unit="")
    return [Sheet(template.name, table(sheet, template), heading=(*above, _words(sheet)), portrait=True)]
