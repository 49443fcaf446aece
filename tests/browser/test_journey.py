"""A quarter's last weeks as its people live them: from the doctor's report to the money at the bank, in one browser.

The demo county stands in its fourth quarter. What happens here happens to the clinic of the village of Yincheng.
"""

from datetime import date, timedelta
from decimal import Decimal
from io import BytesIO

import openpyxl
import pypdf
import pytest
from playwright.sync_api import expect

from tests.browser.screens import PICTURES, problems, settled

TOWNSHIP, CLINIC, QUARTER = "荫城镇中心卫生院", "荫城村卫生室", "2025Q4"
PHONE = (390, 844)
FOLDER = PICTURES / "journey"
MENU = """
(xmlid) => {
    const service = odoo.__WOWL_DEBUG__.root.env.services.menu;
    return service.selectMenu(service.getAll().find((menu) => menu.xmlid === xmlid));
}
"""


class Person:
    """One person at one screen; every step is photographed, and looked at as any other screen."""

    steps = 0

    def __init__(self, page):
        self.page = page

    def go(self, menu):
        self.page.evaluate(MENU, menu)
        self.page.wait_for_selector(".o_action_manager .o_view_controller")
        settled(self.page)

    def open(self, *texts):
        """Open the line or card that holds all these texts."""
        row = self.page.locator(".o_data_row, .o_kanban_record:not(.o_kanban_ghost)")
        for text in texts:
            row = row.filter(has_text=text)
        self.page.mouse.move(0, 0)
        target = row.first.locator("td.o_data_cell").first
        (target if target.count() else row.first).click()
        self.page.wait_for_selector(".o_form_view")
        self.look()

    def press(self, button, yes=True):
        """Press the button with this technical name, and say yes where that is asked."""
        self.page.mouse.move(0, 0)  # a tooltip left open would lie over the button
        place = self.page.locator(f"button[name={button}]:visible").first
        if not place.count():
            self.page.locator(".o_statusbar_buttons .o-dropdown").click()
            place = self.page.locator(f".o-dropdown--menu button[name={button}]")
        place.click()
        self.page.wait_for_timeout(300)
        confirm = self.page.locator(".modal.d-block:not(:has(.o_form_view)) .modal-footer .btn-primary")
        if yes and confirm.count():
            confirm.first.click()
        settled(self.page)
        self.look()

    def fill(self, field, value):
        widget = self.page.locator(f".o_field_widget[name={field}]")
        box = widget.locator("input, textarea").first
        self.page.mouse.move(0, 0)
        if not box.count():
            widget.locator("button").first.click()  # a date turns into a field when it is pressed
        box.fill(value)
        box.press("Tab")

    def choose(self, field, text):
        self.page.mouse.move(0, 0)
        self.page.locator(f".o_field_widget[name={field}] input").first.fill(text)
        self.page.locator(".o-autocomplete--dropdown-item, .o_select_menu_item").filter(has_text=text).first.click()

    def saved(self, *words):
        """What the print button with these words downloads, as bytes."""
        button = self.page.locator("button[name=action_print]:visible")
        for word in words:
            button = button.filter(has_text=word)
        with self.page.expect_download() as waiting:
            button.first.click()
        return waiting.value.path().read_bytes()

    def has_waiting(self, *texts):
        self.go("bphs_approval.menu_waiting")
        row = self.page.locator(".o_data_row")
        for text in texts:
            row = row.filter(has_text=text)
        return row.count()

    def look(self):
        Person.steps += 1
        settled(self.page)
        FOLDER.mkdir(parents=True, exist_ok=True)
        self.page.screenshot(path=FOLDER / f"{Person.steps:02}.png")
        wide = self.page.viewport_size["width"] > 1000
        wrong = [line for line in problems(self.page, wide=wide) if not line.startswith("a cut")]
        assert not wrong, wrong

    # --- what people do ---------------------------------------------------------------------------
    def approve(self, *texts, **fields):
        """Open what waits on one's own list and approve it."""
        self.go("bphs_approval.menu_waiting")
        self.look()
        self.open(*texts)
        self.press("action_open_approve", yes=False)
        for field, value in fields.items():
            if field == "external_scan":
                self.page.locator(".o_field_widget[name=external_scan] input[type=file]").set_input_files(value)
            else:
                self.fill(field, value)
        self.page.locator(".modal button[name=action_decide]:visible").click()
        expect(self.page.locator(".modal")).to_have_count(0)
        self.look()


@pytest.fixture
def person(page_of):
    known = {}

    def of(login, size=(1366, 768)):
        if (login, size) not in known:
            known[login, size] = Person(page_of(login, *size))
        return known[login, size]

    return of


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
    show(person, run)
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


def show(person, run):
    """The settlement hung three weeks on the notice boards, and nobody objected."""
    officer = person("primarycare")
    officer.go("bphs_fund.menu_fund_notice")
    officer.page.locator(".o_list_button_add").click()
    officer.choose("run_id", run)
    officer.fill("date_start", (date.today() - timedelta(days=28)).strftime("%Y/%m/%d"))
    officer.fill("place", "各村务公开栏")
    officer.fill("phone", "0355-0000000")
    officer.press("action_publish")
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
    finance.press("action_fill")
    finance.press("action_approval_submit")
    name = finance.page.locator(".oe_title h1").inner_text().strip()
    for login in ("finance2", "deputy"):
        person(login).approve(name)
    finance.go("bphs_fund.menu_fund_payment")
    finance.open(QUARTER, "已通过")
    finance.press("action_open_result", yes=False)
    finance.fill("voucher", "记-2026-001")
    finance.page.locator(".modal button[name=action_save]").click()
    expect(finance.page.locator(".modal")).to_have_count(0)
    finance.look()
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
