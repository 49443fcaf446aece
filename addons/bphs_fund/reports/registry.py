"""All forms by code: of which model, drawn by what, as a workbook or not."""

from odoo.addons.bphs_base.reports.printing import PrintedForm, heading
from odoo.addons.bphs_base.tools.workbook import Chart, Sheet

from . import (
    s1_arrivals,
    s4_prepayment,
    s5_workload,
    s6_settlement,
    s7_run,
    s8_approval,
    s9_bank_list,
    s10_notice,
    s11_statement,
    s12_return,
    s15_allotment,
)


def _sheets(table):
    def sheets(record, template):
        above = heading(template, record.institution_id, record.period_id)
        return [Sheet(template.name, table(record, template), heading=above, freeze=2)]

    return sheets


def _arrival_sheets(budget, template):
    listed, by_level = s1_arrivals.tables(budget, template)
    above = heading(template, budget.institution_id, budget.period_id)
    return [
        Sheet(template.name, listed, heading=above),
        Sheet(
            "各级次到位情况",
            by_level,
            heading=above,
            chart=Chart("应到与已到", "level", ("due", "arrived")),
        ),
    ]


def _run_sheets(run, template):
    above = heading(template, run.institution_id, run.period_id)
    last = "payable" if run.kind == "annual" else "pay"
    return [
        Sheet(
            template.name,
            s7_run.township_table(run, template),
            heading=above,
            freeze=2,
            chart=Chart("各乡镇实拨", "township", (last,)),
        ),
        Sheet(
            "资金来源",
            s7_run.source_table(run, template),
            heading=above,
            chart=Chart("资金来源构成", "source", ("amount",), kind="pie"),
        ),
        *(
            Sheet(settlement.institution_id.name, s6_settlement.table(settlement, template), freeze=2)
            for settlement in run.settlement_ids.sorted(lambda settlement: settlement.institution_id.code)
        ),
    ]


FORMS = {
    "S1": PrintedForm(("bphs.fund.budget",), s1_arrivals.form, _arrival_sheets),
    "S4": PrintedForm(("bphs.fund.prepayment",), s4_prepayment.form, _sheets(s4_prepayment.table)),
    "S5": PrintedForm(("bphs.fund.settlement.line",), s5_workload.form, _sheets(s5_workload.table)),
    "S6": PrintedForm(("bphs.fund.settlement",), s6_settlement.form, _sheets(s6_settlement.table)),
    "S7": PrintedForm(("bphs.fund.run",), s7_run.form, _run_sheets, rows=lambda run: run.line_count),
    "S8": PrintedForm(
        ("bphs.fund.prepayment", "bphs.fund.run", "bphs.fund.allotment", "bphs.fund.payment"), s8_approval.form
    ),
    "S9": PrintedForm(
        ("bphs.fund.payment",),
        s9_bank_list.form,
        _sheets(s9_bank_list.table),
        group="bphs_base.group_finance_officer",
    ),
    "S10": PrintedForm(
        ("bphs.fund.notice",), s10_notice.form, _sheets(s10_notice.table), rows=lambda notice: notice.run_id.line_count
    ),
    "S11": PrintedForm(("bphs.fund.settlement.line",), s11_statement.form),
    "S12": PrintedForm(("bphs.fund.return",), s12_return.form),
    "S15": PrintedForm(("bphs.fund.allotment",), s15_allotment.form, _sheets(s15_allotment.table)),
}
