"""T1 家庭医生团队公示牌: what hangs on the wall: who serves, where, when, and whom to call."""

from odoo.addons.bphs_base.reports.printing import day, make_form, name_of
from odoo.addons.bphs_base.tools.paper.form import Column, Fields, Table, Text

COLUMNS = (
    Column("role", "岗位", weight=1),
    Column("name", "姓名", weight=1),
    Column("place", "工作单位", weight=2),
)


def form(team, template):
    on = team._county_today()
    members = team.env["bphs.team.member"]
    # sudo: names and places of work are what the card publishes
    serving = members.search(members._of_day(on) & members._of_team(team)).sudo()
    roles = dict(members._fields["role"]._description_selection(team.env))
    order = list(roles)
    villages = team.env["bphs.team.village"]
    own = villages.search(villages._of_day(on) & villages._of_team(team)).division_id.sorted("code")
    head = (
        (("服务机构", team.institution_id.name), ("团队名称", team.name)),
        (("团队长", team.leader_id.sudo().name or ""), ("联系电话", team.phone or "")),  # sudo: as above
        (("二级协作医院", name_of(team.partner_institution_id)),),
        (("负责的村（居）", "、".join(own.mapped("name"))),),
        (("服务时间", team.schedule or ""),),
    )
    rows = [
        {"role": roles[row.role], "name": row.worker_id.name, "place": row.worker_id.institution_id.name}
        for row in serving.sorted(lambda row: (order.index(row.role), row.id))
    ]
    return make_form(
        template,
        team.institution_id,
        team.env["bphs.period"],
        (Fields(head), Text("团队成员", bold=True), Table(COLUMNS, rows)),
        period_words=f"公示日期：{day(on)}",
        unit="",
    )
