"""Money withheld for a low score, on its way back: task, proof, verification, closing, approval, payment.

The clinic of 上圪坨 in 南宋 scored 58.20 in the third quarter of the demo county. Nobody has asked for anything yet.
"""

from decimal import Decimal
from io import BytesIO

import pytest
from PIL import Image
from playwright.sync_api import expect

CLINIC, TOWNSHIP, QUARTER = "上圪坨村卫生室", "nansong", "2025年第三季度"
HELD = Decimal("460.38")


@pytest.fixture
def doctor(server):
    """The clinic's doctor and the township's officer, who sign in to this county alone with a password."""
    return server.shell(
        f'people = env["res.users"].search([("bphs_institution_ids.name", "=", {CLINIC!r})])\n'
        f'people |= env["res.users"].search([("login", "=", "ph.{TOWNSHIP}")])\n'
        'people.password = env["ir.config_parameter"].sudo().get_param("bphs_demo.password")\n'
        "env.cr.commit()\n"
        "answer = people[0].login\n"
    )


def test_from_low_score_to_payment(person, rows, doctor):
    hold, task = ask_for_rectification(person, rows)
    put_right(person(doctor), rows, task)
    verify_and_close(person, rows, hold, task)
    for login in ("primarycare", "finance2"):
        person(login).approve(CLINIC, QUARTER)
        assert ledger(rows, hold) == (HELD, "held")
    person("deputy").approve(CLINIC, QUARTER)
    assert ledger(rows, hold) == (0, "released")
    pay(person, rows, hold)


def ledger(rows, hold):
    """(what the ledger says is still held of it, its state)."""
    ((amount, state),) = rows(
        "SELECT -sum(entry.amount), hold.state FROM bphs_fund_hold hold"
        " JOIN bphs_fund_entry entry ON entry.kind IN ('hold', 'release', 'cap')"
        "  AND (entry.origin_model, entry.origin_id) IN"
        "      (('bphs.fund.hold', hold.id), ('bphs.fund.settlement.line', hold.settlement_line_id))"
        " WHERE hold.id = %s GROUP BY hold.id",
        hold,
    )
    return amount, state


def ask_for_rectification(person, rows):
    """The clerk sees what is held without a task, and issues one; returns hold and task number."""
    clerk = person("clerk")
    clerk.go("bphs_fund.menu_fund_hold")
    clerk.open(CLINIC, QUARTER)
    clerk.press("action_ask_task", yes=False)
    clerk.choose("type_id", "用药情况填写不规范")
    clerk.look()
    clerk.page.locator(".modal button[name=action_save]").click()
    expect(clerk.page.locator(".modal")).to_have_count(0)
    clerk.look()
    ((hold, task, state),) = rows(
        "SELECT hold.id, task.number, task.state FROM bphs_fund_hold hold"
        " JOIN bphs_fund_hold_bphs_rectification_rel named ON named.bphs_fund_hold_id = hold.id"
        " JOIN bphs_rectification task ON task.id = named.bphs_rectification_id"
        " JOIN bphs_institution clinic ON clinic.id = hold.institution_id WHERE clinic.name = %s",
        CLINIC,
    )
    assert state == "issued"
    assert ledger(rows, hold) == (HELD, "held")
    return hold, task


def put_right(doctor, rows, task):
    """The doctor reads the task, works, writes down what was done, adds a photo and hands it in."""
    doctor.go("bphs_rectification.menu_rectification")
    doctor.open(task)
    doctor.press("action_acknowledge")
    doctor.press("action_start")
    doctor.fill("measures", "逐份核对用药记录并补填，每周自查一次")
    doctor.fill("result", "用药记录已全部补填")
    doctor.page.locator(".o_notebook .nav-link").filter(has_text="佐证").click()
    photo = BytesIO()
    Image.new("RGB", (640, 480), "white").save(photo, "JPEG")
    doctor.page.locator(".o_bphs_evidence_files").set_input_files(
        {"name": "补填记录.jpg", "mimeType": "image/jpeg", "buffer": photo.getvalue()}
    )
    expect(doctor.page.locator(".o_bphs_evidence_item[data-state=done]")).to_contain_text("补填记录")
    step(doctor, "提交佐证", "请核验")
    assert state_of(rows, task) == "submitted"


def verify_and_close(person, rows, hold, task):
    """The township looks at the proof, the clerk closes; the release is handed in by that, and nothing is released."""
    officer = person(f"ph.{TOWNSHIP}")
    officer.go("bphs_rectification.menu_rectification")
    officer.open(task)
    step(officer, "核验", "现场抽查属实")
    assert state_of(rows, task) == "verified"
    assert not person("primarycare").has_waiting(CLINIC, QUARTER)
    clerk = person("clerk")
    clerk.go("bphs_rectification.menu_rectification")
    clerk.open(task)
    step(clerk, "销号", "同意销号")
    assert state_of(rows, task) == "closed"
    assert ledger(rows, hold) == (HELD, "held")


def state_of(rows, task):
    return rows("SELECT state FROM bphs_rectification WHERE number = %s", task)[0][0]


def step(someone, words, comment):
    """Press the button with these words and say something in its dialog."""
    buttons = someone.page.locator(".o_form_view button[name=action_ask_step]:visible")
    place = buttons.get_by_text(words, exact=True)
    if not place.count():
        someone.page.locator(".o_statusbar_buttons .o-dropdown").click()
        place = someone.page.locator(".o-dropdown--menu button[name=action_ask_step]").get_by_text(words, exact=True)
    place.first.click()
    someone.page.wait_for_selector(".modal .o_form_view")
    someone.fill("reason", comment)
    someone.page.locator(".modal button[name=action_confirm]").click()
    expect(someone.page.locator(".modal")).to_have_count(0)
    someone.look()


def pay(person, rows, hold):
    """The next batch of released money holds it, to the fen in the ledger once approved, and the bank pays it."""
    finance = person("finance1")
    finance.go("bphs_fund.menu_fund_payment")
    finance.page.locator(".o_list_button_add").click()
    finance.choose("period_id", QUARTER)
    finance.page.locator(".o_field_widget[name=kind] select, .o_field_widget[name=kind] input").first.wait_for()
    finance.choose("kind", "解除暂缓")
    finance.press("action_fill")
    finance.press("action_approval_submit")
    name = finance.page.locator(".oe_title h1").inner_text().strip()
    for login in ("finance2", "deputy"):
        person(login).approve(name)
    assert transfers(rows, hold) == [(HELD, "to_pay", HELD)]
    finance.bank_has_paid("记-2026-002", QUARTER, "解除暂缓")
    assert transfers(rows, hold) == [(HELD, "paid", HELD)]
    assert ledger(rows, hold) == (0, "released")


def transfers(rows, hold):
    """(amount, state, what the ledger paid of it) of each transfer of what was held."""
    return rows(
        "SELECT line.amount, line.state, coalesce((SELECT -sum(entry.amount) FROM bphs_fund_payment_split split"
        "   JOIN bphs_fund_entry entry ON entry.origin_model = 'bphs.fund.payment.split' AND entry.origin_id = split.id"
        "  WHERE split.payable_id = payable.id), 0)"
        " FROM bphs_fund_payment_line line JOIN bphs_fund_payable payable ON payable.id = line.payable_id"
        " WHERE payable.origin_model = 'bphs.fund.hold' AND payable.origin_id = %s",
        hold,
    )
