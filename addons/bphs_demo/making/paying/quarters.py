"""A quarter from prepayment to payment, everyone at their own step."""

import base64
from datetime import date

from reportlab.pdfgen.canvas import Canvas

from ..seats.people import doctors
from ..seats.registers import BUREAU
from .work import open_statements, report, scores

# Day of the prepayment, of the clinics' statements, of the settlement they confirm, of its reviews, and of the payment
# after it; first day of the public notice.
PREPAID_ON = {
    "2025Q1": date(2025, 1, 22), "2025Q2": date(2025, 4, 11), "2025Q3": date(2025, 7, 11), "2025Q4": date(2025, 10, 15)
}  # fmt: skip
REPORTED_ON = {"2025Q1": date(2025, 4, 9), "2025Q2": date(2025, 7, 9), "2025Q3": date(2025, 10, 10)}
SETTLED_ON = {"2025Q1": date(2025, 4, 15), "2025Q2": date(2025, 7, 14), "2025Q3": date(2025, 10, 15)}
REVIEWED_ON = {"2025Q1": date(2025, 4, 22), "2025Q2": date(2025, 7, 21), "2025Q3": date(2025, 10, 22)}
NOTICE_FROM = {
    "2025Q1": date(2025, 4, 23),
    "2025Q2": date(2025, 7, 22),
    "2025Q3": date(2025, 10, 23),
}
PAID_ON = {"2025Q1": date(2025, 5, 12), "2025Q2": date(2025, 8, 6), "2025Q3": date(2025, 11, 7)}
NUMBER = {"2025Q1": "一", "2025Q2": "二", "2025Q3": "三", "2025Q4": "四"}
OBJECTING = "140404107206"  # finds in the third quarter that visits are missing
REFUSED = "140404106201"  # the bank refuses a transfer of the second quarter
CLOSING = "140404203203"  # closes after the third quarter and returns what it was prepaid too much
SUPERVISION_PHONE = "0355-0000000"


# === PREPAYING === #


def prepay(county, quarter):
    """Prepay every clinic with a plan, from the draft to the voucher."""
    prepayment = county.as_("finance1", "bphs.fund.prepayment").create(
        {"institution_id": county.bureau.id, "period_id": county.period(quarter).id}
    )
    prepayment.action_compute()
    with county.on(PREPAID_ON[quarter]):
        prepayment.action_approval_submit(f"第{NUMBER[quarter]}季度按年度任务测算预拨70%。")
        county.approve(prepayment, "primarycare", "finance2", "deputy", "leader")
    pay(county, quarter, "prepaid", PREPAID_ON[quarter])


# === SETTLING === #


def settle_first_quarter(county):
    """The whole way of a quarter in which nobody objects."""
    quarter = "2025Q1"
    prepay(county, quarter)
    run = confirmed_run(county, quarter)
    with county.on(REVIEWED_ON[quarter]):
        approve_townships(county, run.settlement_ids)
        approve_run(county, run, quarter)
    show_and_pay(county, run, quarter)


def settle_second_quarter(county):
    """As any other, but the bank refuses one transfer, which is paid again."""
    quarter = "2025Q2"
    prepay(county, quarter)
    run = confirmed_run(county, quarter)
    with county.on(REVIEWED_ON[quarter]):
        approve_townships(county, run.settlement_ids)
        approve_run(county, run, quarter)
    show_and_pay(county, run, quarter, refused=county.clinic[REFUSED])
    pay(county, quarter, "pay", date(2025, 8, 15))


def settle_third_quarter(county):
    """One clinic objects and is right: it goes on in a run of its own, which waits for the leader."""
    quarter = "2025Q3"
    prepay(county, quarter)
    clinic = county.clinic[OBJECTING]
    run = confirmed_run(county, quarter, but=clinic)
    line = run.settlement_ids.line_ids.filtered(lambda line: line.institution_id == clinic)
    doctor = doctors(county)[clinic.id]
    county.as_(doctor, line).action_object("8月份入户随访12人次未计入，请核对随访记录。")
    supplement = line.settlement_id
    with county.on(REVIEWED_ON[quarter]):
        approve_townships(county, run.settlement_ids - supplement)
        approve_run(county, run, quarter)
    show_and_pay(county, run, quarter)
    answer_objection(county, line, quarter)
    later = supplement.run_id
    county.as_(doctor, line).action_confirm()
    approve_townships(county, supplement)
    approve_run(county, later, quarter, to_the_end=False)
    close_clinic(county)


def prepay_fourth_quarter(county):
    prepay(county, "2025Q4")


def answer_objection(county, line, quarter):
    """The township finds the missing visits, puts the statement right, and the county computes again."""
    officer = "ph.nansong"
    statement = county.as_(officer, line.workload_id)
    county.as_(officer, "bphs.fund.objection").search([("line_id", "=", line.id)]).action_accept(
        "经核对，8月份高血压患者面对面随访12人次属实，补计后重新核定。"
    )
    statement.action_return("异议复核属实，补计随访后重新提交。")
    visits = statement.line_ids.filtered(lambda work: work.item_id.code == "HTN_FOLLOWUP")
    visits.reported += 12
    statement.action_submit()
    county.as_("director.nansong", statement).action_verify()
    county.as_("finance1", line.settlement_id.run_id).action_compute()


def confirmed_run(county, quarter, but=None):
    """A computed run that every clinic has confirmed, except `but`."""
    rows = [row for row in county.villages if county.clinic[row["code"]].active]
    with county.on(REPORTED_ON[quarter]):
        open_statements(county, quarter)
        report(county, quarter, rows)
        scores(county, quarter, rows)
    with county.on(SETTLED_ON[quarter]):
        run = computed_run(county, quarter)
        run.action_send()
        lines = run.settlement_ids.line_ids
        confirm(county, lines.filtered(lambda line: line.institution_id != but))
    return run


def computed_run(county, quarter):
    run = county.as_("finance1", "bphs.fund.run").create(
        {"institution_id": county.bureau.id, "period_id": county.period(quarter).id}
    )
    run.action_compute()
    return run


def confirm(county, lines):
    """Each clinic's doctor confirms its sheet."""
    login = doctors(county)
    for line in lines:
        county.as_(login[line.institution_id.id], line).action_confirm()


def approve_townships(county, settlements, *steps):
    """Hand in and approve settlements at their townships; `steps` of submit, ph, director, all where none is named."""
    login = {county.seat[row["code"]]: row["login"] for row in county.townships}
    for settlement in settlements:
        place = login[settlement.institution_id.with_env(county.env)]
        for step in steps or ("submit", "ph", "director"):
            if step == "submit":
                county.as_(f"accountant.{place}", settlement).action_approval_submit()
            else:
                county.approve(settlement, f"{step}.{place}")


def approve_run(county, run, quarter, to_the_end=True):
    """The county's stages; `to_the_end` False leaves the run with the leader."""
    county.as_("finance1", run).action_approval_submit()
    county.approve(run, "primarycare", "finance2", "deputy")
    if not to_the_end:
        return
    county.approve(
        run,
        "leader",
        minutes_number=f"演示党组会纪要〔2025〕{'一二三四'.index(NUMBER[quarter]) * 5 + 4}号",
    )
    if run.approval_state == "submitted":
        county.approve(
            run,
            "finance3",
            external_number=f"演示上党财社函〔2025〕{'一二三四'.index(NUMBER[quarter]) * 7 + 11}号",
            external_scan=scanned_letter(),
            external_scan_name="财政局批复（演示）.pdf",
        )


# === PAYING === #


def show_and_pay(county, run, quarter, refused=None):
    """Show the settlement to the public, record that nobody objected, pay."""
    with county.on(NOTICE_FROM[quarter]):
        notice = county.as_("primarycare", "bphs.fund.notice").create(
            {
                "run_id": run.id,
                "date_start": NOTICE_FROM[quarter],
                "place": "各村务公开栏、乡镇卫生院公示栏、区政府网站",
                "phone": SUPERVISION_PHONE,
            }
        )
        notice.action_publish()
    with county.on(PAID_ON[quarter]):
        notice.action_close("none")
    pay(county, quarter, "pay", PAID_ON[quarter], refused)


def pay(county, quarter, kind, day, refused=None):
    """A batch of all that is open of one kind, from filling to the bank's word."""
    payment = fill_batch(county, quarter, kind, day)
    with county.on(day):
        payment.action_approval_submit()
        county.approve(payment, "finance2", "deputy")
    if refused:
        line = payment.line_ids.filtered(lambda line: line.institution_id == refused)[0]
        line.action_mark_failed("户名与账号不符（演示）")
        county.as_("finance2", line).action_confirm_failed()
    number = county.env["bphs.fund.payment"].search_count([("number", "!=", False)])
    payment.action_mark_paid(f"演示记-2025-{number:03d}", day)
    return payment


def fill_batch(county, quarter, kind, day):
    payment = county.as_("finance1", "bphs.fund.payment").create(
        {
            "institution_id": county.bureau.id,
            "budget_id": county.budget.id,
            "period_id": county.period(quarter).id,
            "kind": kind,
            "date": day,
        }
    )
    payment.action_fill()
    return payment


# === A CLINIC THAT CLOSES === #


def close_clinic(county):
    """What it was prepaid too much comes back to the sources it came from; then the clinic is closed."""
    clinic = county.clinic[CLOSING]
    last = county.env["bphs.fund.settlement.line"].search(
        [("institution_id", "=", clinic.id), ("period_id", "=", county.period("2025Q3").id)]
    )
    money = county.as_("finance1", "bphs.fund.return").create(
        {
            "institution_id": clinic.id,
            "budget_id": county.budget.id,
            "period_id": last.period_id.id,
            "amount": -last.carry,
            "date": date(2025, 11, 20),
            "deadline": date(2025, 11, 28),
            "reason": "村卫生室撤并，待扣回资金缴回（演示）",
        }
    )
    county.countersign(money)
    county.as_("bureauadmin", clinic).active = False


def scanned_letter():
    """A page that stands for a scanned letter."""
    canvas = Canvas("", pagesize=(400, 200), invariant=1)
    canvas.drawString(40, 120, f"DEMO  {BUREAU['code']}  approved")
    return base64.b64encode(canvas.getpdfdata()).decode()
