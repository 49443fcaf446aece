"""E14 季度培训指导表: the trainings and the guidance of a unit in a quarter."""

from odoo.addons.bphs_base.reports.printing import heading, make_form, make_table
from odoo.addons.bphs_base.tools.paper.form import Column, Fields
from odoo.addons.bphs_base.tools.workbook import Sheet

from ..tools.rates import Rate
from .common import label, lines

COLUMNS = (
    Column("no", "序号", "index"),
    Column("date", "日期", "date"),
    Column("host", "主办", weight=1.2),
    Column("audience", "对象", weight=1.2),
    Column("content", "内容", weight=2.2),
    Column("form", "形式", weight=0.7),
    Column("people", "人数", "integer", total=True),
    Column("pass_rate", "合格率", weight=1),
    Column("problem", "问题", weight=1.5),
    Column("next_step", "下步", weight=1.5),
)


def table(report, template):
    work = [
        *(_training_row(training) for training in report.env["bphs.training"].search(report._work_domain())),
        *(_guidance_row(guidance) for guidance in report.env["bphs.guidance"].search(report._work_domain())),
    ]
    return make_table(template, COLUMNS, sorted(work, key=lambda row: row["date"]))


def form(report, template):
    words = (
        (("工作开展情况", report.summary or ""),),
        (("存在问题", report.problem or ""),),
        (("下步打算", report.next_step or ""),),
    )
    return make_form(
        template,
        report.institution_id,
        report.period_id,
        (table(report, template), Fields(words)),
        landscape=True,
        unit="",
    )


def sheets(report, template):
    above = heading(template, report.institution_id, report.period_id, unit="")
    notes = lines(report.summary, report.problem, report.next_step).split("\n")
    return [Sheet(template.name, table(report, template), heading=above, notes=tuple(filter(None, notes)), freeze=2)]


def _training_row(training):
    rate = Rate(training.passed_total, training.tested_total)
    return {
        "date": training.date,
        "host": training.institution_id.name,
        "audience": lines(training.audience, "、".join(training.attendance_ids.institution_id.mapped("name"))),
        "content": lines(f"培训：{training.name}", training.content),
        "form": label(training, "form"),
        "people": training.attended_total,
        "pass_rate": f"{rate.part}/{rate.whole}（{rate.shown()}）" if rate.whole else "",
        "problem": training.problem,
        "next_step": training.next_step,
    }


def _guidance_row(guidance):
    return {
        "date": guidance.date,
        "host": guidance.institution_id.name,
        "audience": lines(guidance.audience, "、".join(guidance.visit_ids.institution_id.mapped("name"))),
        "content": f"指导：{guidance.topic}",
        "form": label(guidance, "form"),
        "people": guidance.headcount,
        "pass_rate": "",
        "problem": lines(guidance.problem, *_of_units(guidance, "finding")),
        "next_step": lines(guidance.next_step, *_of_units(guidance, "next_step")),
    }


def _of_units(guidance, name):
    return [f"{visit.institution_id.name}：{visit[name]}" for visit in guidance.visit_ids if visit[name]]
