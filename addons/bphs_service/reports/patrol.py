"""H2 卫生监督协管巡查登记表: one patrol, and the report of what it found."""

from odoo.addons.bphs_base.reports.printing import day, make_form
from odoo.addons.bphs_base.tools.paper.form import Fields, Text


def form(patrol, template):
    specialities = dict(patrol._fields["speciality"]._description_selection(patrol.env))
    place = patrol.object_id.sudo()  # sudo: the place a readable patrol names
    looked = (
        (("巡查对象", place.name), ("地址", place.address or "")),
        (("专业", specialities[patrol.speciality]), ("巡查日期", day(patrol.done_on))),
        # sudo: who patrolled stands on the paper, wherever they serve
        (("巡查内容", patrol.content or ""), ("巡查人", patrol.worker_id.sudo().name or "")),
        (("发现的主要问题", patrol.problem or "无"),),
        (("处理", patrol.handling or ""),),
    )
    reported = (
        (("报告时间", day(patrol.reported_on)), ("报告对象", patrol.reported_to or "")),
        (("处理结果", patrol.outcome or ""),),
    )
    blocks = [Fields(looked)]
    if patrol.found_problem:
        blocks += [Text("信息报告", bold=True), Fields(reported)]
    return make_form(
        template,
        patrol.institution_id,
        patrol.env["bphs.period"],
        blocks,
        period_words=day(patrol.done_on),
        unit="",
    )
