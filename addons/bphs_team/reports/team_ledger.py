"""T2 家庭医生团队台账: every team of an institution on a day, with members, villages, load and lacks."""

from odoo.addons.bphs_base.reports.printing import day, heading, make_form, make_table, name_of
from odoo.addons.bphs_base.tools.paper.form import Column
from odoo.addons.bphs_base.tools.workbook import Sheet

COLUMNS = (
    Column("no", "序号", "index"),
    Column("institution", "机构", weight=1.2),
    Column("team", "团队", weight=1.2),
    Column("leader", "团队长", weight=0.8),
    Column("members", "成员", weight=2.4),
    Column("villages", "负责的村（居）", weight=2),
    Column("people", "居民数", "integer", total=True),
    Column("load", "工作负荷", "integer", total=True),
    Column("capacity", "上限人数", "integer"),
    Column("lacks", "缺岗", weight=1),
    Column("partner", "协作医院", weight=1.2),
    Column("phone", "电话", weight=1),
)


def table(ledger, template):
    teams = ledger._teams()
    standing, leaders = teams._standing(ledger.date), teams._leaders_on(ledger.date)
    cards = teams._member_cards(ledger.date, leaders)
    villages = teams._villages_by_team(ledger.date)
    division = ledger.env["bphs.division"]
    roles = dict(ledger.env["bphs.team.post"]._fields["role"]._description_selection(ledger.env))
    return make_table(
        template,
        COLUMNS,
        [
            {
                "institution": team.institution_id.name,
                "team": team.name,
                "leader": leaders[team.id].sudo().name,  # sudo: a name on the wall
                "members": "、".join(f"{card['name']}（{card['role']}）" for card in cards.get(team.id, [])),
                "villages": "、".join(division.browse(villages.get(team.id, [])).sorted("code").mapped("name")),
                "people": standing[team.id].counts.people,
                "load": standing[team.id].load,
                "capacity": standing[team.id].capacity,
                "lacks": team._lacks_text(standing[team.id].lacks, roles),
                "partner": name_of(team.partner_institution_id),
                "phone": team.phone,
            }
            for team in teams
        ],
    )


def form(ledger, template):
    return make_form(
        template,
        ledger.institution_id,
        ledger.env["bphs.period"],
        (table(ledger, template),),
        period_words=day(ledger.date),
        landscape=True,
        unit="",
    )


def sheets(ledger, template):
    above = heading(template, ledger.institution_id, ledger.env["bphs.period"], unit="")
    return [Sheet(template.name, table(ledger, template), heading=(*above, day(ledger.date)), freeze=3)]
