"""H1 健康教育活动记录表: one lecture or consultation, as the specification's form asks it."""

from odoo.addons.bphs_base.reports.printing import day, make_form
from odoo.addons.bphs_base.tools.paper.form import Fields, Text


def form(group, template):
    kinds = dict(group._fields["kind"]._description_selection(group.env))
    head = (
        (("活动时间", day(group.done_on)), ("活动地点", group.place or "")),
        (("活动形式", kinds[group.kind]), ("活动主题", group.topic)),
        # sudo: who spoke stands on the paper, wherever they serve
        (("组织者", group.organiser or ""), ("主讲人", group.worker_id.sudo().name or "")),
        (("接受健康教育人员类别", group.audience or ""), ("接受健康教育人数", str(group.people_count))),
        (("资料发放种类及数量", _materials(group)),),
    )
    return make_form(
        template,
        group.institution_id,
        group.env["bphs.period"],
        (
            Fields(head),
            Text("活动内容", bold=True),
            Text(group.content or "　"),
            Text("活动总结评价", bold=True),
            Text(group.evaluation or "　"),
        ),
        period_words=day(group.done_on),
        unit="",
    )


def _materials(group):
    parts = (group.materials, f"{group.material_kinds}种" if group.material_kinds else "")
    return "　".join(filter(None, (*parts, f"{group.material_copies}份" if group.material_copies else "")))
