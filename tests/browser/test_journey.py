"""A quarter's last weeks as its people live them: from the doctor's report to the money at the bank, in one browser.

The demo county stands in its fourth quarter. What happens here happens to the clinic of the village of Yincheng.
"""

from decimal import Decimal
from io import BytesIO

import openpyxl
import pypdf
import pytest
from playwright.sync_api import expect

from tests.browser.journeys import PHONE

TOWNSHIP, CLINIC, QUARTER = "荫城镇中心卫生院", "荫城村卫生室", "2025年第四季度"


@pytest.fixture
def strict(server):
    """Minutes and the finance bureau's word are asked for whatever the amount."""
    server.shell(
        'env.ref("bphs_fund.approval_stage_fund_run_4").minutes_from = 0\n'
        'env.ref("bphs_fund.approval_stage_fund_run_5").amount_from = 0\n'
        "env.cr.commit()\n"
        "answer = True\n"
    )


def test_from_the_doctors_report_to_the_bank(person, rows, strict, tmp_path):
    report_and_verify(person)
    settle(person)
    run = approve_county(person, rows, tmp_path)
    show(person, rows, run)
    batch = pay(person)
    check_papers(person, rows, batch)


def report_and_verify(person):
    doctor = person("doctor.yincheng", PHONE)
    doctor.go("bphs_workload.menu_workload_pending")
    doctor.open(CLINIC, QUARTER)
    doctor.press("action_submit")
    officer = person("ph.yincheng")
    officer.go("bphs_workload.menu_workload_verify")
    officer.open(CLINIC)
    officer.press("action_verify")


def settle(person):
    finance = person("finance1")
    finance.go("bphs_fund.menu_fund_run")
    finance.open(QUARTER, "草稿")
    finance.press("action_compute")
    finance.press("action_send")
    doctor = person("doctor.yincheng", PHONE)
    doctor.go("bphs_fund.menu_fund_settlement_line_own")
    doctor.open(QUARTER, "待村卫生室确认")
    doctor.press("action_confirm")
    accountant = person("accountant.yincheng")
    accountant.go("bphs_fund.menu_fund_settlement")
    accountant.open(TOWNSHIP, QUARTER, "已确认")
    accountant.press("action_approval_submit")
    for login in ("ph.yincheng", "director.yincheng"):
        reviewer = person(login)
        while reviewer.has_waiting(TOWNSHIP, QUARTER):
            reviewer.approve(TOWNSHIP, QUARTER)


def approve_county(person, rows, tmp_path):
    """The run goes up to the leader and to the finance bureau; returns the name it is approved under."""
    finance = person("finance1")
    finance.go("bphs_fund.menu_fund_run")
    finance.open(QUARTER, "草稿")
    finance.press("action_approval_submit")
    ((run, title),) = rows(
        "SELECT res_id, title FROM bphs_approval_request WHERE res_model = 'bphs.fund.run' ORDER BY id DESC LIMIT 1"
    )
    for login in ("primarycare", "finance2", "deputy"):
        person(login).approve(title)
    person("leader").approve(title, minutes_number="党组会纪要〔2026〕1号")
    scan = tmp_path / "批复.pdf"
    writer = pypdf.PdfWriter()
    writer.add_blank_page(200, 200)
    writer.write(scan)
    person("finance3").approve(title, external_number="财社函〔2026〕2号", external_scan=scan)
    assert rows("SELECT approval_state FROM bphs_fund_run WHERE id = %s", run) == [("approved",)]
    payable = rows(
        "SELECT payable.amount, line.pay FROM bphs_fund_payable payable"
        " JOIN bphs_fund_settlement_line line ON line.id = payable.origin_id AND payable.kind = 'pay'"
        " JOIN bphs_fund_settlement settlement ON settlement.id = line.settlement_id WHERE settlement.run_id = %s",
        run,
    )
    assert payable and all(amount == pay for amount, pay in payable)
    return title


def show(person, rows, run):
    """The settlement hangs on the notice boards from today, and nobody objects."""
    officer = person("primarycare")
    officer.go("bphs_fund.menu_fund_notice")
    officer.page.locator(".o_list_button_add").click()
    officer.choose("run_id", run)
    officer.fill("place", "各村务公开栏")
    officer.fill("phone", "0355-0000000")
    officer.press("action_publish")
    # No browser waits seven working days: in the database they are over.
    assert rows(
        "UPDATE bphs_fund_notice SET date_start = date_start - 28, date_end = date_end - 28"
        " WHERE state = 'published' RETURNING id"
    )
    officer.press("action_open_close", yes=False)
    officer.page.locator(".modal input[type=radio]").first.check()
    officer.page.locator(".modal button[name=action_save]").click()
    expect(officer.page.locator(".modal")).to_have_count(0)
    officer.look()


def pay(person):
    """A batch of the quarter's settled money; returns its number."""
    finance = person("finance1")
    finance.go("bphs_fund.menu_fund_payment")
    finance.page.locator(".o_list_button_add").click()
    finance.choose("period_id", QUARTER)
    finance.choose("kind", "季度结算")
    finance.press("action_fill")
    finance.press("action_approval_submit")
    name = finance.page.locator(".oe_title h1").inner_text().strip()
    for login in ("finance2", "deputy"):
        person(login).approve(name)
    finance.bank_has_paid("记-2026-001", QUARTER)
    return finance.page.locator(".oe_title h1").inner_text().split()[0]


def check_papers(person, rows, number):
    """What finance takes to the bank, and what is filed, say what the ledger says."""
    ((batch, paid),) = rows(
        "SELECT payment.id, -sum(entry.amount) FROM bphs_fund_payment payment"
        " JOIN bphs_fund_payment_split split ON split.payment_id = payment.id"
        " JOIN bphs_fund_entry entry ON entry.origin_model = 'bphs.fund.payment.split' AND entry.origin_id = split.id"
        " WHERE payment.number = %s GROUP BY payment.id",
        number,
    )
    transfers = rows("SELECT amount, state, voucher FROM bphs_fund_payment_line WHERE payment_id = %s", batch)
    assert sum(amount for amount, _state, _voucher in transfers) == paid > 0
    assert {(state, voucher) for _amount, state, voucher in transfers} == {("paid", "记-2026-001")}

    finance = person("finance1")
    sheet = openpyxl.load_workbook(BytesIO(finance.saved("导出代发清册"))).worksheets[0]
    (column,) = [cell.column for row in sheet.iter_rows() for cell in row if cell.value == "金额"]
    values = [row[column - 1].value for row in sheet.iter_rows()]
    amounts = [Decimal(str(value)) for value in values if isinstance(value, (int, float))]
    assert sorted(amounts) == sorted(amount for amount, _state, _voucher in transfers)
    for button in ("打印代发清册", "打印拨付审批单"):
        text = "".join(page.extract_text() for page in pypdf.PdfReader(BytesIO(finance.saved(button))).pages)
        assert f"{paid:,.2f}" in text, f"{button}: the total {paid:,.2f} is not in it"
