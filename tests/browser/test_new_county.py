"""A county begins: from an empty database to its first prepayment, in the browser alone.

Everything is done from the page "Beginning of a County" (首次启用), by the administrator and two of finance.
"""

from datetime import date
from decimal import Decimal
from io import BytesIO

import pypdf
import pytest
import xlsxwriter
from playwright.sync_api import expect

from tests.browser.journeys import Person
from tests.browser.screens import settled

YEAR = date.today().year
COUNTY, TOWNSHIP = "990477", "990477101000"
VILLAGES = ("990477101201", "990477101202", "990477101203")
BUREAU, HOSPITAL, CLINICS = "990477000001", "99047710101", ("C1", "C2", "C3")
WORDS = ("东", "西", "南")
DIVISIONS = [
    ("区划代码", "区划名称", "上级区划代码", "类型"),
    (TOWNSHIP, "石桥镇", f"{COUNTY}000000", "镇"),
    *((code, f"石桥{word}村", TOWNSHIP, "村") for code, word in zip(VILLAGES, WORDS, strict=True)),
]
INSTITUTIONS = [
    ("机构代码", "机构名称", "类别", "主管机构代码", "区划代码", "服务村代码"),
    (HOSPITAL, "石桥镇卫生院", "乡镇卫生院", BUREAU, TOWNSHIP, ""),
    *(
        (code, f"石桥{word}村卫生室", "村卫生室", HOSPITAL, TOWNSHIP, village)
        for code, word, village in zip(CLINICS, WORDS, VILLAGES, strict=True)
    ),
]
DOCTORS = ("石医甲", "石医乙", "石医丙")
OFFICERS = {
    "周财一": "财务人员",
    "周财二": "财务人员",
    "吴科员": "基层科人员",
    "郑副局": "分管领导",
    "王局长": "主要领导",
}
PEOPLE = [
    ("姓名", "机构代码", "专业类别", "到岗日期"),
    *((name, BUREAU, "管理人员", f"{YEAR}-01-01") for name in OFFICERS),
    *((name, code, "乡村医生", f"{YEAR}-01-01") for name, code in zip(DOCTORS, CLINICS, strict=True)),
]
PAYEES = [
    ("机构代码", "姓名", "份额", "开户银行", "银行账号"),
    *(
        (code, name, "1", "石桥信用社", f"62170000123456789{place}")
        for place, (code, name) in enumerate(zip(CLINICS, DOCTORS, strict=True))
    ),
]
QUANTITIES = (100, 200, 300)  # of one service item, for each clinic
PRICE, RATIO = Decimal("10.50"), Decimal("0.7")
PASSWORD = "Own-Password-2031"
SETUP = "bphs_base.bphs_setup_menu"


class Keeper(Person):
    """Somebody on the page that begins a county."""

    def begin(self):
        """Open the page from the menu, as whoever goes on another day does."""
        self.page.evaluate(
            "(xmlid) => { const menus = odoo.__WOWL_DEBUG__.root.env.services.menu;"
            " return menus.selectMenu(menus.getAll().find((menu) => menu.xmlid === xmlid)); }",
            SETUP,
        )
        self.page.wait_for_selector(".o_bphs_setup")
        settled(self.page)
        self.look()

    def card(self, step):
        if not self.page.locator(".o_bphs_setup").count():
            self.begin()
        return self.page.locator(f".o_bphs_setup [data-step={step}]")

    def do(self, step, action):
        card = self.card(step)
        if not card.locator(".card-body").count():
            card.locator(".card-header").click()
        card.locator(f"button[data-action='{action}']").click()
        settled(self.page)
        self.look()

    def has_done(self, step, done=True):
        expect(self.card(step)).to_have_class("card mb-2 o_bphs_setup_done" if done else "card mb-2")

    def load(self, name, rows):
        """Load a workbook of these rows in the import that is open."""
        file = BytesIO()
        with xlsxwriter.Workbook(file) as book:
            sheet = book.add_worksheet()
            for place, row in enumerate(rows):
                sheet.write_row(place, 0, row)
        kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        self.page.locator(".modal .o_field_widget[name=file] input[type=file]").set_input_files(
            {"name": f"{name}.xlsx", "mimeType": kind, "buffer": file.getvalue()}
        )
        settled(self.page)
        self.page.locator(".modal button[name=action_load]").click()
        expect(self.page.locator(".modal .o_field_widget[name=loaded_count]")).to_have_text(str(len(rows) - 1))
        self.look()
        self.page.locator(".modal .modal-footer button").filter(has_text="关闭").click()
        expect(self.page.locator(".modal")).to_have_count(0)
        settled(self.page)

    def new(self):
        self.page.locator(".o_list_button_add").click()
        self.page.wait_for_selector(".o_form_view")

    def cell(self, row, field, value):
        """Type into a cell of a table on the form; a record is chosen from what is offered."""
        row.locator(f"td[name={field}]").click()
        box = self.page.locator(f".o_selected_row td[name={field}] input")
        box.fill(value)
        if box.evaluate("(node) => node.classList.contains('o-autocomplete--input')"):
            self.page.locator(".o-autocomplete--dropdown-item").filter(has_text=value).first.click()

    def name_document(self, number):
        """Enter the document in the place where it is asked for: there is none in a new county."""
        page = self.page
        page.locator(".o_field_widget[name=document_id] input").fill(number)
        page.locator(".o_field_widget[name=document_id] .o_m2o_dropdown_option_create_edit").click()
        page.wait_for_selector(".modal .o_form_view")
        self.fill("title", "下达补助资金的通知")
        self.fill("issuer", "石桥县财政局")
        self.fill("date", f"{YEAR}/01/05")
        page.locator(".modal .o_form_button_save").click()
        expect(page.locator(".modal")).to_have_count(0)
        settled(page)

    def agree(self):
        """Say yes to what the dialog tells."""
        self.page.locator(".modal .modal-footer .btn-primary:visible").first.click()
        expect(self.page.locator(".modal")).to_have_count(0)
        self.look()

    def save(self):
        self.page.locator(".o_form_button_save").click()
        expect(self.page.locator(".o_form_button_save:visible")).to_have_count(0)
        self.look()


@pytest.fixture
def first_sign_in(page_of):
    """`first_sign_in(login, password)`: by the printed password, and the choice of one's own."""

    def of(login, password):
        page = page_of()
        page.locator("input[name=login]").fill(login)
        page.locator("input[name=password]").fill(password)
        page.locator("form.oe_login_form button[type=submit]").click()
        for box in ("password", "repeated"):
            page.locator(f"form[action='/web/login/first-password'] input[name={box}]").fill(PASSWORD)
        page.locator("form.oe_login_form button[type=submit]").click()
        page.wait_for_selector(".o_main_navbar")
        settled(page)
        return Keeper(page)

    return of


def test_h35_from_nothing_to_the_first_prepayment(page_of, first_sign_in, server, rows):
    administrator = Keeper(page_of(server.logins[0]))
    # An empty database opens the beginning by itself, in the place of a first page without a figure.
    administrator.page.wait_for_selector(".o_bphs_setup")
    registers(administrator)
    passwords = people(administrator)
    first = first_sign_in(*passwords["周财一"])
    second = first_sign_in(*passwords["周财二"])
    budget(first, second)
    scheme(first)
    plans(first)
    payees(first)
    total = prepay(first)
    assert total == sum(PRICE * quantity for quantity in QUANTITIES) * RATIO / 4
    assert rows("SELECT sum(amount) FROM bphs_fund_prepayment_line") == [(total,)]
    administrator.begin()
    expect(administrator.page.locator(".o_bphs_setup .alert-success")).to_be_visible()


def registers(administrator):
    administrator.do("county", "bphs_base.bphs_setup_county_action")
    administrator.fill("county_name", "石桥县")
    administrator.fill("county_code", COUNTY)
    administrator.fill("bureau_name", "石桥县卫生健康局")
    administrator.page.locator(".modal button[name=action_save]").click()
    expect(administrator.page.locator(".modal")).to_have_count(0)
    administrator.has_done("county")
    administrator.do("divisions", "bphs_base.bphs_division_import_action")
    administrator.load("区划", DIVISIONS)
    administrator.has_done("divisions")
    administrator.do("institutions", "bphs_base.bphs_institution_import_action")
    administrator.load("机构", INSTITUTIONS)
    administrator.has_done("institutions")


def people(administrator):
    """{name: (sign-in name, first password)} of the officers, as the slips say."""
    administrator.do("people", "bphs_base.bphs_worker_import_action")
    administrator.load("人员", PEOPLE)
    administrator.has_done("people", done=False)
    administrator.do("people", "bphs_base.bphs_worker_action")
    page = administrator.page
    for name in OFFICERS:
        page.locator(".o_data_row").filter(has_text=name).locator(".o_list_record_selector input").check()
    page.locator("button[name=action_open_sign_in]").click()
    page.wait_for_selector(".modal .o_data_row")
    for name, role in OFFICERS.items():
        administrator.cell(page.locator(".modal .o_data_row").filter(has_text=name), "role_id", role)
    page.locator(".modal button[name=action_make]").click()
    expect(page.locator(".modal .o_field_widget[name=made_count]")).to_have_text(str(len(OFFICERS)))
    administrator.look()
    with page.expect_download() as waiting:
        page.locator(".modal button[name=action_print]").click()
    text = "".join(sheet.extract_text() for sheet in pypdf.PdfReader(waiting.value.path()).pages)

    page.locator(".modal .modal-footer button").filter(has_text="关闭").click()
    administrator.has_done("people")
    administrator.has_done("year")
    administrator.has_done("flows")
    return slips(text)


def slips(text):
    words = text.split()
    found = {}
    for place, word in enumerate(words):
        if word == "姓名":
            name = words[place + 1]
        if word == "登录名":
            login = words[place + 1]
        if word == "初始密码":
            found[name] = (login, words[place + 1])
    return found


def budget(first, second):
    first.has_done("budget", done=False)
    first.do("budget", "bphs_fund.bphs_fund_budget_action")
    first.new()
    first.choose("period_id", str(YEAR))
    first.fill("standard", "94")
    first.fill("population", "3000")
    first.fill("population_basis", "年末常住人口")
    first.save()
    first.begin()
    first.has_done("budget")
    receive(first, second)


def receive(first, second):
    first.begin()
    first.do("budget", "bphs_fund.bphs_fund_receipt_action")
    first.new()
    first.choose("source_id", "中央")
    first.name_document(f"石财社〔{YEAR}〕1号")
    first.fill("issued_date", f"{YEAR}/01/05")
    first.fill("indicator_amount", "100000")
    first.fill("amount", "100000")
    first.save()
    second.begin()
    second.do("budget", "bphs_fund.bphs_fund_receipt_action")
    second.open("100,000.00")
    second.press("action_open_countersign", yes=False)
    second.agree()


def scheme(first):
    first.begin()
    first.do("scheme", "bphs_fund.bphs_fund_scheme_action")
    first.new()
    page = first.page
    first.fill("name", f"{YEAR}年村卫生室结算方案")
    first.choose("period_id", str(YEAR))
    first.choose("period_from_id", f"{YEAR}年第一季度")
    first.name_document(f"石卫发〔{YEAR}〕2号")
    page.locator("[name=price_ids] .o_field_x2many_list_row_add a").click()
    first.cell(page.locator("[name=price_ids] .o_selected_row"), "item_id", "建立居民健康档案")
    first.cell(page.locator("[name=price_ids] .o_selected_row"), "price", str(PRICE))
    first.save()
    first.press("action_publish", yes=False)
    first.agree()
    first.begin()
    first.has_done("scheme")


def plans(first):
    first.do("opening", "bphs_fund.bphs_fund_plan_import_action")
    first.choose("period_id", str(YEAR))
    heading = ("机构代码", "建立居民健康档案（份）")
    first.load("年度计划", [heading, *zip(CLINICS, QUANTITIES, strict=True)])
    first.do("opening", "bphs_fund.bphs_fund_plan_action")
    first.page.locator("thead .o_list_record_selector input").check()
    first.press("action_confirm")
    first.begin()
    first.has_done("opening")


def payees(first):
    first.do("payees", "bphs_fund.bphs_fund_payee_import_action")
    first.fill("date_from", f"{YEAR}/01/01")
    first.load("收款人", PAYEES)
    first.has_done("payees")


def prepay(first):
    first.do("prepayment", "bphs_fund.bphs_fund_prepayment_action")
    first.new()
    first.choose("period_id", f"{YEAR}年第一季度")
    first.press("action_compute")
    first.press("action_approval_submit")
    text = first.page.locator(".o_field_widget[name=total_amount]").inner_text()
    return Decimal(text.replace(",", "").strip("¥ \u00a0"))
