"""E6 问卷汇总: what was asked, came back and counts, by unit; the rates with their intervals and the survey before."""

from odoo.addons.bphs_base.reports.printing import heading, make_form, make_table
from odoo.addons.bphs_base.tools.paper.form import Column, Table, Text
from odoo.addons.bphs_base.tools.workbook import Sheet

from ..tools.words import NOTHING, told

COLUMNS = (
    Column("no", "序号", "index"),
    Column("unit", "单位", weight=1.8),
    Column("sent", "发放", "integer"),
    Column("returned", "收回", "integer"),
    Column("invalid", "无效", "integer"),
    Column("valid", "有效", "integer"),
    Column("aware", "知晓", "integer"),
    Column("aware_rate", "知晓率", "code", weight=1),
    Column("aware_interval", "95%置信区间", "code", weight=1.6),
    Column("satisfied", "满意", "integer"),
    Column("satisfied_rate", "满意度", "code", weight=1),
    Column("satisfied_interval", "95%置信区间", "code", weight=1.6),
    Column("before", "上一次满意度", "code", weight=1.5),
)
REASONS = (Column("reason", "无效原因", weight=2), Column("count", "份数", "integer", total=True))
QUESTIONS = (
    Column("question", "题目", weight=4),
    Column("choice", "选项", weight=1.6),
    Column("count", "有效问卷中的份数", "integer"),
    Column("share", "占比", "percent"),
)


def table(survey, template):
    """Every unit, and the survey as a whole below: its rates are of all answers, not means of the units'."""
    rows = [
        _row(row, row.unit_id.name, survey.previous_id.unit_ids)
        for row in survey.unit_ids.sorted(lambda row: row.unit_id.code)
    ]
    rows.append(
        {**_row(survey, "合计"), "before": told(before) if (before := survey._before("satisfied")) else NOTHING}
    )
    return make_table(template, COLUMNS, rows)


def _row(counted, name, earlier=()):
    few = counted.valid and not counted._is_told()
    before = next((row for row in earlier if row.unit_id == counted.unit_id and row._is_told()), None)
    return {
        "unit": name,
        **{key: counted[key] for key in ("sent", "returned", "invalid", "valid")},
        **{key: None if few else counted[key] for key in ("aware", "satisfied")},
        **{key: counted[key] for key in ("aware_rate", "aware_interval", "satisfied_rate", "satisfied_interval")},
        "before": told(before._counted("satisfied")) if before else NOTHING,
    }


def reasons(survey):
    """Why answers do not count, and how many for each reason."""
    labels = dict(survey.answer_ids._fields["reason"]._description_selection(survey.env))
    return Table(REASONS, [{"reason": labels[reason], "count": count} for reason, count in survey._reasons()])


def form(survey, template):
    blocks = [table(survey, template)]
    blocks += [Text(line, indent=True) for line in (survey.finding or "").splitlines()]
    if survey.invalid:
        blocks.append(reasons(survey))
    return make_form(template, survey.institution_id, survey.period_id, blocks, landscape=True, unit="份")


def sheets(survey, template):
    above = heading(template, survey.institution_id, survey.period_id, unit="份")
    pages = [Sheet("汇总", table(survey, template), heading=above, freeze=2)]
    if survey.invalid:
        pages.append(Sheet("无效原因", reasons(survey), heading=above))
    if survey._is_told():
        pages.append(Sheet("各题结果", Table(QUESTIONS, survey._told_by_question()), heading=above, freeze=1))
    return pages
