"""First pages: every role's on a desk and on a phone, and five people's morning from there, without the guide."""

import re

from playwright.sync_api import expect

from tests.browser.journeys import PHONE
from tests.browser.people import one_of_each_role
from tests.browser.screens import PICTURES, problems, settled

DESK = (1366, 768)
FOLDER = PICTURES / "home"
TITLES = ".o_bphs_home_card h2"


def test_h30_every_role_has_a_first_page(page_of):
    wrong = {}
    FOLDER.mkdir(parents=True, exist_ok=True)
    for login in one_of_each_role():
        page = page_of(login)
        for size in (DESK, PHONE):
            page.set_viewport_size({"width": size[0], "height": size[1]})
            page.reload()
            page.wait_for_selector(".o_bphs_home_page")
            settled(page)
            page.screenshot(path=FOLDER / f"{login}-{size[0]}.png")
            # The page scrolls within its frame: the rest of it is looked at too.
            page.evaluate("document.querySelector('.o_bphs_home').scrollTo(0, 99999)")
            page.screenshot(path=FOLDER / f"{login}-{size[0]}-end.png")
            found = problems(page, wide=size == DESK)
            if not page.locator(".o_bphs_home_card").count():
                found.append("no card")
            if found:
                wrong[f"{login} {size[0]}"] = found
        page.close()
    assert not wrong, wrong


def at_home(person, login, size=DESK):
    someone = person(login, size)
    someone.page.wait_for_selector(".o_bphs_home_page")
    settled(someone.page)
    someone.look()
    return someone


def waits(someone, key):
    """How many of this kind wait, as the page says."""
    row = someone.page.locator(f".o_bphs_home_wait[data-key={key}]")
    return int(row.locator(".o_bphs_home_count").inner_text()) if row.count() else 0


def badge(someone):
    count = someone.page.locator(".o_bphs_waiting_menu .badge")
    return int(count.inner_text()) if count.count() else 0


def press_wait(someone, key):
    """Open the list behind a kind; it holds as many as were counted."""
    count = waits(someone, key)
    assert count, key
    someone.page.locator(f".o_bphs_home_wait[data-key={key}]").click()
    someone.page.wait_for_selector(".o_list_view, .o_kanban_view")
    settled(someone.page)
    rows = someone.page.locator(".o_data_row, .o_kanban_record:not(.o_kanban_ghost)").count()
    if not someone.page.locator(".o_kanban_grouped").count():
        assert rows == min(count, 80, rows if count > 40 else count), key
    someone.look()
    return count


def go_home(someone):
    someone.page.locator(".o_bphs_waiting_menu").click()
    someone.page.wait_for_selector(".o_bphs_home_page")
    settled(someone.page)


def may_be_kept(someone, do):
    """Whether the page that `do` opens may be one that was made before."""
    with someone.page.expect_request(re.compile(r"bphs\.home/load")) as asked:
        do()
    return asked.value.post_data_json["params"]["kwargs"]["kept"]


def press_line(someone, card, place):
    line = someone.page.locator(f".o_bphs_home_card[data-key={card}] .o_bphs_home_line").nth(place)
    figure = line.locator(".o_bphs_home_figure").inner_text()
    line.click()
    someone.page.wait_for_selector(".o_list_view, .o_kanban_view")
    settled(someone.page)
    someone.look()
    return figure


def test_a_village_doctors_morning(person):
    doctor = at_home(person, "doctor.beicheng", PHONE)
    assert doctor.page.locator(TITLES).all_inner_texts()[:4] == ["应做事项", "待填报", "待确认", "已拨付"]
    before, whole = waits(doctor, "workload_fill"), badge(doctor)
    officer = at_home(person, "ph.beicheng")
    to_verify = waits(officer, "workload_verify")
    press_wait(doctor, "workload_fill")
    doctor.open("北呈村卫生室")
    doctor.press("action_submit")
    # Told at once: the officer's open page counts one more without being loaded again.
    expect(officer.page.locator(".o_bphs_home_wait[data-key=workload_verify] .o_bphs_home_count")).to_have_text(
        str(to_verify + 1)
    )
    assert not may_be_kept(doctor, lambda: go_home(doctor))
    assert waits(doctor, "workload_fill") == before - 1
    assert badge(doctor) == whole - 1
    press_line(doctor, "paid", 0)


def test_a_finance_officers_morning(person):
    finance = at_home(person, "finance2")
    chain = finance.page.locator(".o_bphs_home_card[data-key=money] .o_bphs_home_label").all_inner_texts()
    assert chain == ["执行率", "已到位", "已分配", "已预拨", "应结算", "已拨付", "可用余额"]
    before = press_wait(finance, "approval")
    finance.page.locator(".o_data_row").first.locator("td.o_data_cell").first.click()
    finance.page.wait_for_selector(".o_form_view")
    # The figures one decides on stand on the page.
    expect(finance.page.locator("[name=figures_table] table")).to_be_visible()
    finance.press("action_open_approve", yes=False)
    finance.page.locator(".modal button[name=action_decide]:visible").click()
    expect(finance.page.locator(".modal")).to_have_count(0)
    go_home(finance)
    assert waits(finance, "approval") == before - 1
    press_line(finance, "money", 5)
    expect(finance.page.locator(".o_breadcrumb, .o_last_breadcrumb_item").last).to_contain_text("已拨付")


def test_a_figure_of_zero_opens_a_list_that_says_so(person):
    auditor = at_home(person, "auditor")
    assert press_line(auditor, "exceptions", 0) == "0"
    expect(auditor.page.locator(".o_view_nocontent")).to_contain_text("没有“")


def test_a_leaders_morning_on_a_phone(person):
    leader = at_home(person, "leader", PHONE)
    assert re.fullmatch(r"\d+\.\d", leader.page.locator("[data-key=money] .o_bphs_home_figure").first.inner_text())
    expect(leader.page.locator("[data-key=ranking] canvas")).to_be_visible()
    before = press_wait(leader, "approval")
    leader.open()
    leader.press("action_open_approve", yes=False)
    minutes = leader.page.locator(".modal .o_field_widget[name=minutes_number] input:visible")
    if minutes.count():
        minutes.fill("党组会纪要〔2026〕2号")
    leader.page.locator(".modal button[name=action_decide]:visible").click()
    expect(leader.page.locator(".modal")).to_have_count(0)
    go_home(leader)
    assert waits(leader, "approval") == before - 1


def test_a_section_officers_morning(person):
    officer = at_home(person, "primarycare")
    expect(officer.page.locator("[data-key=funnel] canvas")).to_be_visible()
    press_line(officer, "late", 0)
    go_home(officer)
    before = press_wait(officer, "approval")
    officer.page.locator(".o_list_renderer thead .o_list_record_selector input").check()
    officer.page.locator("button[name=action_open_approve_many]").click()
    expect(officer.page.locator(".modal .o_data_row")).to_have_count(before)
    officer.look()
    officer.page.locator(".modal button[name=action_decide]").click()
    expect(officer.page.locator(".modal")).to_have_count(0)
    go_home(officer)
    assert waits(officer, "approval") == 0


def test_an_administrators_morning(person):
    administrator = at_home(person, "bureauadmin")
    assert {"用户和机构", "系统运行"} <= set(administrator.page.locator(TITLES).all_inner_texts())
    figure = press_line(administrator, "people", 3)  # not the users: their logins are Latin
    expect(administrator.page.locator(".o_pager_limit")).to_have_text(figure)


def test_a_page_is_kept_while_its_person_only_looks(person):
    evaluator = at_home(person, "evaluator")
    press_line(evaluator, "late", 2)
    assert may_be_kept(evaluator, lambda: go_home(evaluator))
    anew = evaluator.page.locator(".o_bphs_home_anew")
    expect(anew).to_have_text(re.compile(r"^截至 \d\d:\d\d$"))
    assert not may_be_kept(evaluator, anew.click)
