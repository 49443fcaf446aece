"""A village doctor fills in a statement on the phone: what is typed is taken as it is, or asked back."""

from playwright.sync_api import expect

from tests.browser.journeys import PHONE


def test_h8_what_a_thumb_types(person):
    doctor = person("doctor.yincheng", PHONE)
    doctor.go("bphs_workload.menu_workload_pending")
    doctor.open("荫城村卫生室", "2025年第四季度")
    lines = doctor.page.locator(".o_workload_grid_line")
    box = lines.first.locator("input").first
    word = doctor.page.get_by_text("请填写不小于0的整数")
    for wrong in ("3.7", "-5", "十二"):
        box.fill(wrong)
        box.press("Tab")
        expect(word).to_be_visible()
        expect(box).to_have_value(wrong)  # nothing else is put in its place
    box.fill("１２")
    box.press("Tab")
    expect(word).to_have_count(0)
    expect(box).to_have_value("12")  # it is taken, and not only unmarked
    planned = lines.filter(has_text="任务").first
    box = planned.locator("input").first
    before = box.input_value()
    box.fill("99999")
    box.press("Tab")
    dialog = doctor.page.locator(".modal")
    expect(dialog).to_contain_text("99999")
    doctor.look()
    dialog.get_by_text("重新填写").click()
    expect(dialog).to_have_count(0)
    expect(box).to_have_value(before)
    box.fill("99999")
    box.press("Tab")
    doctor.page.locator(".modal").get_by_text("没有填错").click()
    # While the question still goes away it takes what is typed.
    expect(doctor.page.locator(".modal")).to_have_count(0)
    expect(box).to_have_value("99999")
    blank = lines.filter(has=doctor.page.locator("input[placeholder='0']")).last
    blank.locator("input").first.fill("0")
    blank.locator("input").first.press("Tab")
    expect(blank.locator("input").first).to_have_value("0")
    doctor.look()
    doctor.page.locator(".o_form_button_cancel").click()
