"""E17 履约台账: the contracts of a team, what fell due this year, what was kept and what was not.

Names are masked: whole lists of people are taken out of the register, with a reason. Who is meant, the agreement's
number says to whoever may open it.
"""

from odoo.addons.bphs_base.reports.printing import heading, make_form, make_table
from odoo.addons.bphs_base.tools.masking import mask_name
from odoo.addons.bphs_base.tools.paper.form import Column, Text
from odoo.addons.bphs_base.tools.workbook import Sheet

COLUMNS = (
    Column("number", "序号", "index"),
    Column("code", "协议号", "code", weight=2),
    Column("resident", "居民"),
    Column("village", "村（社区）"),
    Column("package", "服务包"),
    Column("date_to", "到期日", "date"),
    Column("due", "应履约", "integer", total=True),
    Column("kept", "已履约", "integer", total=True),
    Column("open", "未履约项", weight=2.4),
)


def rows(team):
    """Of the contracts in force today that this user may see."""
    contracts = team.env["bphs.contract"]
    today = team._county_today()
    found = contracts.search(contracts._in_force_on(today) & contracts._of_team(team))
    found._log_reading_of(found.resident_id)
    promised = found._promise_rows()
    told = []
    for contract in found.sorted(lambda one: (one.division_id.code or "", one.id)):
        due = [row for row in promised[contract.id] if today.replace(month=1, day=1) <= row["due"] <= today]
        late = [row["name"] for row in due if not row["kept"] or row["kept"] > today]
        told.append(
            {
                "code": contract.code,
                "resident": mask_name(contract.resident_id.name),
                "village": contract.division_id.name,
                "package": contract.package_id.name,
                "date_to": contract.date_to,
                "due": len(due),
                "kept": len(due) - len(late),
                "open": "、".join(dict.fromkeys(late)),
            }
        )
    return told


def table(team, template):
    return make_table(template, COLUMNS, rows(team))


def form(team, template):
    day = team._county_today()
    return make_form(
        template,
        team.institution_id,
        team.env["bphs.period"],
        (Text(f"{team.name}　截至 {day}"), table(team, template)),
        landscape=True,
    )


def sheets(team, template):
    above = heading(template, team.institution_id, team.env["bphs.period"], unit="")
    return [Sheet(template.name, table(team, template), heading=above, freeze=2)]
