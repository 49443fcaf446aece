"""E13 约谈记录: who was called in, over what, what was said and promised; signed by both sides."""

from odoo.addons.bphs_base.reports.printing import day, make_form
from odoo.addons.bphs_base.tools.paper.form import Fields

from .common import issuer_of


def form(interview, template):
    tasks = "；".join(filter(None, interview.rectification_ids.mapped("number")))
    rows = (
        (("被约谈单位", interview.institution_id.name), ("约谈时间", day(interview.date))),
        (("约谈地点", interview.place), ("记录人", interview.recorder)),
        (("约谈人", interview.interviewers),),
        (("被约谈人", interview.interviewees),),
        (("约谈事由", interview.reason),),
        (("涉及任务", tasks or "无"),),
        (("约谈内容", interview.content),),
        (("表态发言", interview.statement or ""),),
        (("整改要求", interview.demand or ""),),
        (("完成时限", day(interview.deadline)),),
    )
    return make_form(
        template, issuer_of(interview.institution_id), interview.env["bphs.period"], (Fields(rows),), unit=""
    )
