"""A clerk's day with the register: found by initials, corrected, logged; a dirty roll taken in and given back."""

import csv
import re
from io import BytesIO

import openpyxl
import pytest
from playwright.sync_api import expect
from stdnum.cn import ric

from tests.browser.screens import PICTURES, pictured, settled

CLERK, AUDITOR = "ph.yincheng", "auditor"
FOLDER = PICTURES / "register"
MENU = """
(xmlid) => {
    const service = odoo.__WOWL_DEBUG__.root.env.services.menu;
    return service.selectMenu(service.getAll().find((menu) => menu.xmlid === xmlid));
}
"""
# Somebody grown up of the clerk's township with a phone, whose initials are nobody else's.
SOMEBODY = """
    SELECT r.id, r.name, r.initials, r.ehr_number
      FROM bphs_resident r
      JOIN bphs_institution i ON i.id = r.institution_id
      JOIN res_users u ON u.login = 'ph.yincheng'
      JOIN bphs_institution_user_rel s ON s.user_id = u.id AND s.institution_id IN (i.id, i.parent_id)
     WHERE r.phone_index IS NOT NULL AND r.status = 'active' AND length(r.initials) = 3
       AND r.birth_date < current_date - interval '15 years'
       AND NOT EXISTS (SELECT FROM bphs_resident o WHERE o.initials = r.initials AND o.township_id = r.township_id
                        AND o.id <> r.id)
     ORDER BY r.id LIMIT 1
"""


@pytest.fixture
def clerk(page_of):
    return page_of(CLERK)


def go(page, menu):
    page.evaluate(MENU, menu)
    settled(page)


def look(page, name):
    pictured(page, FOLDER / f"{name}.png")


def test_search_open_correct_and_see_the_log(page_of, clerk, rows):
    ((_id, name, initials, number),) = rows(SOMEBODY)
    go(clerk, "bphs_resident.menu_search")
    box = clerk.locator(".o_resident_search_box input")
    expect(box).to_be_focused()
    box.fill(initials)
    found = clerk.locator(".o_resident_row")
    expect(found).to_have_count(1)
    expect(found.locator("mark")).to_have_text(name)
    expect(found).to_contain_text(number)
    expect(found).to_contain_text(re.compile(r"\d{3}\*{4}\d{4}"))
    look(clerk, "found")
    box.press("Enter")
    form = clerk.locator(".o_form_view")
    expect(form.locator(".o_field_widget[name=name] textarea, .o_field_widget[name=name] span").first).to_be_visible()
    look(clerk, "file")
    phone = form.locator(".o_field_widget[name=phone] input")
    phone.fill("13900001111")
    clerk.locator(".o_form_button_save").click()
    expect(phone).to_have_value("139****1111")
    form.locator(".o_field_widget[name=phone] button").click()
    reason = clerk.locator("#bphs_reason")
    reason.fill("电话随访")
    reason.press("Enter")
    expect(form.locator(".o_bphs_whole")).to_contain_text("13900001111")
    look(clerk, "whole-number")
    clerk.get_by_role("button", name=re.compile("查阅记录")).click()
    log = clerk.locator(".o_data_row")
    for words in ("修改", "查看完整号码", "打开档案"):
        expect(log.filter(has_text=words).first).to_be_visible()
    expect(log.filter(has_text="查看完整号码")).to_contain_text("电话随访")
    look(clerk, "own-log")

    auditor = page_of(AUDITOR)
    go(auditor, "bphs_resident.menu_access")
    expect(auditor.locator(".o_data_row").filter(has_text=name).filter(has_text="电话随访")).to_have_count(1)
    look(auditor, "auditor")


def test_a_move_is_offered_where_it_fits(clerk, rows):
    ((_id, _name, _initials, number),) = rows(SOMEBODY)
    go(clerk, "bphs_resident.menu_search")
    box = clerk.locator(".o_resident_search_box input")
    box.fill(number)
    expect(clerk.locator(".o_resident_row")).to_have_count(1)
    box.press("Enter")
    dialog, steps = clerk.locator(".modal"), clerk.locator(".modal .o_radio_item")
    clerk.locator("button[name=action_move]").click()
    expect(steps).to_have_text(["县（区）内迁移", "迁出本县（区）", "失访", "死亡"])
    steps.nth(2).locator("input").check()
    settled(clerk)
    dialog.locator(".o_field_widget[name=evidence] input").fill("三次入户无人")
    dialog.locator("button[name=action_confirm]").click()
    expect(clerk.locator(".o_notification")).to_contain_text("失访")
    clerk.locator("button[name=action_move]").click()
    expect(steps).to_have_text(["迁出本县（区）", "死亡", "恢复在册"])
    look(clerk, "fitting-steps")
    steps.nth(2).locator("input").check()
    settled(clerk)
    dialog.locator(".o_field_widget[name=evidence] input").fill("本人到场")
    dialog.locator("button[name=action_confirm]").click()
    expect(dialog).to_have_count(0)
    expect(clerk.locator(".o_statusbar_status .o_arrow_button_current")).to_have_text("在册")


def test_duplicates_are_searched_by_the_button(clerk):
    go(clerk, "bphs_resident.menu_duplicates")
    clerk.locator("button[name=action_search]").click()
    expect(clerk.locator(".o_notification")).to_contain_text("待确认的疑似重复")
    look(clerk, "searched")


def test_a_dirty_roll_comes_in_and_its_bad_rows_go_back(clerk, rows, tmp_path):
    roll, good, bad = dirty_roll(rows, tmp_path)
    go(clerk, "bphs_resident.menu_import")
    clerk.locator(".o_list_button_add").click()
    clerk.locator("input[type=file]").set_input_files(roll)
    load = clerk.locator("button[name=action_confirm]")
    expect(load).to_be_visible(timeout=120_000)
    expect(clerk.locator(".o_field_widget[name=new_count]")).to_have_text(str(good))
    expect(clerk.locator(".o_field_widget[name=rejected_count]")).to_have_text(str(bad))
    look(clerk, "checked")
    with clerk.expect_download() as waiting:
        clerk.locator("button[name=action_download_rejects]").click()
    sheet = openpyxl.load_workbook(BytesIO(waiting.value.path().read_bytes())).worksheets[0]
    assert sheet.max_row - 1 == bad
    load.click()
    expect(clerk.locator(".alert-success")).to_be_visible(timeout=120_000)
    look(clerk, "loaded")
    ((count,),) = rows("SELECT count(*) FROM bphs_resident WHERE name LIKE '旅程%%'")
    assert int(count) == good


def dirty_roll(rows, folder):
    """A CSV in the bureau's old encoding with three right rows and three wrong ones.

    :return: (path, right rows, wrong rows)
    """
    ((village,),) = rows(
        "SELECT d.code FROM bphs_division d JOIN bphs_resident r ON r.division_id = d.id"
        " JOIN res_users u ON u.login = 'ph.yincheng'"
        " JOIN bphs_institution_user_rel s ON s.user_id = u.id AND s.institution_id = r.township_id LIMIT 1"
    )

    def row(at, **other):
        number = "14049919500101" + f"{901 + 2 * at}"
        number += ric.calc_check_digit(number + "0")
        return {
            "健康档案编号": f"{village}{90001 + at}",
            "姓名": f"旅程{'甲乙丙丁戊己'[at]}",
            "性别": "男",
            "出生日期": "1950-01-01",
            "证件类型": "居民身份证",
            "证件号码": number,
            "联系电话": f"1390000{at:04}",
            "村（社区）代码": village,
        } | other

    foreign = {"村（社区）代码": "999999999999"}
    lines = [row(0), row(1), row(2), row(3, 性别="女"), row(4, **foreign), row(5, 联系电话="12345")]
    path = folder / "名册.csv"
    with path.open("w", encoding="gb18030", newline="") as file:
        writer = csv.DictWriter(file, list(lines[0]))
        writer.writeheader()
        writer.writerows(lines)
    return path, 3, 3
