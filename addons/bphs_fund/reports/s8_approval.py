"""S8 拨付审批单: what is to be paid and why, and one opinion box for each stage of the approval."""

from odoo.addons.bphs_base.reports.printing import day, make_form, period_text
from odoo.addons.bphs_base.tools.chinese_amount import chinese_capitals
from odoo.addons.bphs_base.tools.money import to_decimal
from odoo.addons.bphs_base.tools.paper.form import Fields, Opinion, Opinions

from .common import level_names

NO_COMMENT = "同意。"


def form(document, template):
    """For a prepayment, a run, a settlement of township institutions or a payment batch."""
    amount = document._approval_amount()
    period = document.period_id
    reason = f"拨付{period_text(period)}{_level(document)}基本公共卫生服务补助资金"
    rows = [
        (("事由", reason),),
        (("依据", _basis(document)),),
        (("金额大写", chinese_capitals(amount)),),
        (("金额小写", f"¥{amount:,.2f}"), ("笔数", str(_count(document)))),
    ]
    sources = _sources(document)
    if sources:
        rows.append((("资金来源", sources),))
    return make_form(template, document.institution_id, period, (Fields(tuple(rows)), Opinions(_opinions(document))))


def _count(document):
    """How many amounts are to be paid; a clinic that is paid nothing this time is none of them."""
    if document._name == "bphs.fund.payment":
        return document.line_count
    if document._name != "bphs.fund.run":
        return len(document.line_ids.filtered(lambda line: line.amount > 0))
    name = "payable" if document.kind == "annual" else "pay"
    return len(document.settlement_ids.line_ids.filtered(lambda line: line[name] > 0))


def _level(document):
    if document._name == "bphs.fund.allotment":
        return "基层医疗卫生机构"
    kinds = set(document.line_ids.mapped("kind")) if document._name == "bphs.fund.payment" else set()
    if "township" not in kinds:
        return "村级"
    return "基层医疗卫生机构" if kinds == {"township"} else "基层医疗卫生机构和村级"


def _basis(document):
    scheme = document._scheme() if document._name == "bphs.fund.payment" else document.scheme_id
    return " ".join(filter(None, (scheme.document_id.number, scheme.document_id.title, scheme.name)))


def _sources(document):
    if document._name != "bphs.fund.payment":
        return ""
    env = document.env
    levels = level_names(document.institution_id)
    return "；".join(
        f"{levels[source.level]} {to_decimal(amount):,.2f} 元"
        for source, amount in env["bphs.fund.payment.split"]._read_group(
            [("payment_id", "=", document.id)], ["source_id"], ["amount:sum"]
        )
    )


def _opinions(document):
    """A box for each stage the request has; filled where the stage has decided."""
    request = document.approval_request_id
    approved = {decision.stage_id: decision for decision in request.decision_ids if decision.verdict == "approve"}
    return tuple(_opinion(stage, approved.get(stage)) for stage in request.stage_ids.sorted("sequence"))


def _opinion(stage, decision):
    if not decision:
        return Opinion(stage.name)
    parts = [decision.comment or NO_COMMENT]
    if decision.minutes_number:
        parts.append(f"会议纪要：{decision.minutes_number}")
    if decision.external_number:
        parts.append(f"批复文号：{decision.external_number}")
    name = decision.user_id.name
    if decision.on_behalf_of_id:
        name = f"{name}（代{decision.on_behalf_of_id.name}）"
    return Opinion(stage.name, " ".join(parts), name, day(decision.decided_at))
