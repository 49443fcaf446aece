"""A county begins: from an empty database to its first prepayment, in the browser alone."""

import re
from io import BytesIO

import pypdf
import pytest
import python_calamine
import xlsxwriter
from playwright.sync_api import expect

from tests.browser.journeys import Person
from tests.browser.screens import settled

COUNTY = "990501"
DIVISIONS = (
    ("区划代码", "区划名称"),
    (f"{COUNTY}101000", "甲镇"),
    (f"{COUNTY}101201", "甲一村"),
    (f"{COUNTY}101202", "甲二村"),
)
BUREAU, HOSPITAL = f"{COUNTY}000001", f"{COUNTY}101000"
CLINICS = (f"{COUNTY}101201", f"{COUNTY}101202")
INSTITUTIONS = (
    ("机构代码", "机构名称", "类别", "主管机构代码", "区划代码", "服务村代码"),
    (HOSPITAL, "甲镇卫生院", "乡镇卫生院", BUREAU, f"{COUNTY}101000", ""),
    (CLINICS[0], "甲一村卫生室", "村卫生室", HOSPITAL, CLINICS[0], CLINICS[0]),
    (CLINICS[1], "甲二村卫生室", "村卫生室", HOSPITAL, CLINICS[1], CLINICS[1]),
)
# Name, role.
OFFICERS = (
    ("李秀英", "财务人员"),
    ("王建国", "财务人员"),
    ("申丽芳", "基层科人员"),
    ("赵分管", "分管领导"),
    ("钱主管", "主要领导"),
)
WORKERS = (
    ("姓名", "机构代码", "专业类别", "联系电话", "到岗日期"),
    *((name, BUREAU, "管理人员", "", "2020-01-01") for name, _role in OFFICERS),
    ("孙院长", HOSPITAL, "全科医师", "15400000001", "2018-06-01"),
    ("郝立新", CLINICS[0], "乡村医生", "15400000002", "2006-03-01"),
    ("秦树林", CLINICS[1], "乡村医生", "", "2012-09-01"),
)
OWN_PASSWORD = "春天的第一场雨真好"  # noqa: S105 nobody's


@pytest.fixture
def administrator(page_of):
    page = page_of("admin")
    expect(page.locator(".o_bphs_setup")).to_be_visible()
    return Person(page)


def test_from_an_empty_database_to_the_first_prepayment(administrator, page_of):
    name_the_county(administrator)
    load(administrator, "divisions", DIVISIONS)
    load(administrator, "institutions", INSTITUTIONS)
    load(administrator, "people", WORKERS)
    passwords = make_sign_ins(administrator)
    administrator.go("bphs_base.bphs_setup_menu")
    for step in ("county", "divisions", "institutions", "people", "year", "flows"):
        assert is_done(administrator, step), step
    finance = first_sign_in(page_of, *passwords["李秀英"])
    budget(finance)
    scheme(finance)
    plans(finance)
    prepay(finance)
    finance.go("bphs_base.bphs_setup_menu")
    for step in ("budget", "scheme", "opening", "prepayment"):
        assert is_done(finance, step), step


# --- the page ---------------------------------------------------------------------------------------
def card(person, key):
    return person.page.locator(f".o_bphs_setup [data-step={key}]")


def is_done(person, key):
    return card(person, key).locator(".text-success", has_text="已完成").count() == 1


def open_step(person, key):
    settled(person.page)
    if not card(person, key).locator(".card-body").count():
        card(person, key).locator(".card-header").click()
    person.look()


def press(person, key, action):
    open_step(person, key)
    card(person, key).locator(f"[data-action='{action}']").click()
    settled(person.page)


def name_the_county(person):
    press(person, "county", "bphs_base.bphs_setup_county_action")
    for field, value in (("county_name", "试办县"), ("county_code", COUNTY), ("bureau_name", "试办县卫生健康局")):
        person.fill(field, value)
    person.look()
    person.page.locator(".modal button[name=action_save]").click()
    expect(person.page.locator(".modal")).to_have_count(0)
    expect(card(person, "county").locator(".text-success").first).to_be_visible()


def load(person, key, rows):
    action = {"divisions": "bphs_division", "institutions": "bphs_institution", "people": "bphs_worker"}[key]
    press(person, key, f"bphs_base.{action}_import_action")
    upload(person, rows)


def upload(person, rows):
    chooser = person.page.locator(".modal .o_field_widget[name=file] input[type=file]")
    chooser.set_input_files({"name": "导入.xlsx", "mimeType": "application/octet-stream", "buffer": workbook(rows)})
    settled(person.page)
    person.page.locator(".modal button[name=action_load]").click()
    expect(person.page.locator(".modal .alert-success:visible")).to_contain_text("已导入")
    person.look()
    person.page.locator(".modal footer button[special=cancel], .modal footer .btn-secondary:visible").last.click()
    expect(person.page.locator(".modal")).to_have_count(0)
    settled(person.page)


def workbook(rows):
    content = BytesIO()
    with xlsxwriter.Workbook(content) as book:
        sheet = book.add_worksheet()
        for at, cells in enumerate(rows):
            sheet.write_row(at, 0, cells)
    return content.getvalue()


# --- people -----------------------------------------------------------------------------------------
def make_sign_ins(person):
    """:return dict: name -> (sign-in name, printed password)"""
    press(person, "people", "bphs_base.bphs_worker_action")
    page = person.page
    page.wait_for_selector(".o_list_view")
    for name, _role in OFFICERS:
        page.locator(".o_data_row", has_text=name).locator("input[type=checkbox]").check()
    page.locator("button[name=action_open_sign_in]:visible").first.click()
    page.wait_for_selector(".modal .o_field_widget[name=line_ids]")
    for name, role in OFFICERS:
        row = page.locator(".modal .o_data_row", has_text=name)
        row.locator("td[name=role_id]").click()
        row.locator("td[name=role_id] input").fill(role)
        page.locator(".o-autocomplete--dropdown-item", has_text=role).first.click()
    person.look()
    page.locator(".modal button[name=action_make]").click()
    expect(page.locator(".modal button[name=action_print]")).to_be_visible()
    person.look()
    with page.expect_download() as waiting:
        page.locator(".modal button[name=action_print]").click()
    text = "\n".join(sheet.extract_text() for sheet in pypdf.PdfReader(waiting.value.path()).pages)
    page.locator(".modal footer .btn-secondary:visible").last.click()
    logins = re.findall(r"登录名\s*(\d{5})", text)
    printed = re.findall(r"初始密码\s*([a-z2-9]{10})", text)
    names = re.findall(r"姓名\s*(\S+)", text)
    assert len(logins) == len(printed) == len(OFFICERS), text
    return dict(zip(names, zip(logins, printed, strict=True), strict=True))


def first_sign_in(page_of, login, printed):
    page = page_of()
    expect(page.get_by_role("heading", name="试办县卫生健康局")).to_be_visible()
    page.locator("input[name=login]").fill(login)
    page.locator("input[name=password]").fill(printed)
    page.locator("form.oe_login_form button[type=submit]").click()
    page.wait_for_url(re.compile("first-password"))
    page.locator("input[name=password]").fill(OWN_PASSWORD)
    page.locator("input[name=repeated]").fill(OWN_PASSWORD)
    page.locator("form button[type=submit]").first.click()
    expect(page.locator(".o_main_navbar")).to_be_visible()
    person = Person(page)
    person.go("bphs_base.bphs_setup_menu")
    return person


# --- money ------------------------------------------------------------------------------------------
def new(person, key, action):
    press(person, key, action)
    person.page.locator(".o_list_button_add:visible, .o-kanban-button-new:visible").first.click()
    person.page.wait_for_selector(".o_form_view")
    settled(person.page)


def save(person):
    person.page.locator(".o_form_button_save").click()
    expect(person.page.locator(".o_form_button_save:visible")).to_have_count(0)
    person.look()


def year(person):
    return person.page.evaluate("() => String(new Date().getFullYear())")


def budget(person):
    new(person, "budget", "bphs_fund.bphs_fund_budget_action")
    person.choose("period_id", year(person))
    person.fill("standard", "99")
    person.fill("population", "3000")
    person.fill("population_basis", "上年末常住人口")
    save(person)


def scheme(person):
    person.go("bphs_base.bphs_setup_menu")
    new(person, "scheme", "bphs_fund.bphs_fund_scheme_action")
    person.fill("name", "村卫生室基本公共卫生资金结算办法")
    person.choose("period_id", year(person))
    person.choose("period_from_id", f"{year(person)}Q1")
    page = person.page
    page.locator(".o_field_widget[name=price_ids] .o_field_x2many_list_row_add a").first.click()
    line = page.locator(".o_field_widget[name=price_ids] .o_selected_row")
    line.locator("[name=item_id] input").fill("高血压")
    page.locator(".o-autocomplete--dropdown-item").first.click()
    line.locator("[name=price] input").fill("10")
    save(person)
    person.press("action_publish", yes=False)
    page.locator(".modal button[name=action_publish]").click()
    expect(page.locator(".modal")).to_have_count(0)
    person.look()


def plans(person):
    person.go("bphs_base.bphs_setup_menu")
    press(person, "opening", "bphs_fund.bphs_fund_plan_import_action")
    page = person.page
    with page.expect_download() as waiting:
        page.locator(".modal button[name=action_template]").click()
    upload(person, filled(waiting.value.path()))
    press(person, "opening", "bphs_fund.bphs_fund_plan_action")
    page.wait_for_selector(".o_list_view")
    page.locator("thead input[type=checkbox]").check()
    page.locator("button[name=action_confirm]:visible").first.click()
    settled(page)
    confirm = page.locator(".modal-footer .btn-primary:visible")
    if confirm.count():
        confirm.first.click()
    settled(page)
    person.look()


def filled(path):
    """The rows of the template with a task for each clinic, and a balance of last year for one."""
    rows = python_calamine.load_workbook(str(path)).get_sheet_by_index(0).to_python(skip_empty_area=False)
    heading, *clinics = [row for row in rows if any(row)]
    at = heading.index("期初待扣回")
    return [heading] + [[*row[:at], -120 if not number else 0, 400] for number, row in enumerate(clinics)]


def prepay(person):
    person.go("bphs_base.bphs_setup_menu")
    new(person, "prepayment", "bphs_fund.bphs_fund_prepayment_action")
    person.choose("period_id", f"{year(person)}Q1")
    save(person)
    person.press("action_compute")
    expect(person.page.locator(".o_field_widget[name=line_count]")).to_contain_text("2")
    expect(person.page.locator(".o_field_widget[name=total_amount]")).to_contain_text("1,400.00")
