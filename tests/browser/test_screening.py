"""Whose blood pressure nobody knows: a village doctor's phone, the loop of a township, and the section's picture."""

import pytest
from playwright.sync_api import expect

from tests.browser.journeys import MENU, PHONE
from tests.browser.screens import PICTURES, TERMS, pictured, settled

DOCTOR, OFFICER, SECTION = "doctor.yincheng", "ph.yincheng", "primarycare"
FOLDER = PICTURES / "screening"
LACKING = """
    SELECT s.id, r.name FROM bphs_screening s
      JOIN bphs_resident r ON r.id = s.resident_id AND r.status = 'active' AND NOT r.restricted
      JOIN res_users u ON u.login = 'doctor.yincheng'
      JOIN bphs_institution_user_rel i ON i.user_id = u.id AND i.institution_id = s.institution_id
     WHERE s.state = 'lacking' AND s.excuse IS NULL ORDER BY s.id LIMIT 1
"""


def look(page, name, wide=False):
    pictured(page, FOLDER / f"{name}.png", TERMS, wide=wide)


@pytest.fixture
def lacking(rows):
    """Somebody of the doctor's village whose blood pressure nobody knows."""
    ((id_, name),) = rows(LACKING)
    return id_, name


def the_card(page, name):
    box = page.locator(".o_searchview_input")
    if not box.is_visible():
        page.locator(".o_control_panel button:has(.fa-search)").first.click()
    box.fill(name)
    box.press("Enter")
    settled(page)
    return page.locator(".o_kanban_record").filter(has_text=name).first


def test_a_reading_in_a_few_taps(page_of, lacking, rows):
    id_, name = lacking
    page = page_of(DOCTOR, *PHONE)
    page.evaluate(MENU, "bphs_service.menu_screening_rows")
    look(page, "phone-list")
    card = the_card(page, name)
    card.locator("button[name=action_measure]").click()
    dialog = page.locator(".modal")
    expect(dialog).to_be_visible()
    for field, value in (("systolic", "156"), ("diastolic", "94")):
        dialog.locator(f".o_field_widget[name={field}] input").fill(value)
    look(page, "phone-reading")
    dialog.locator("button[name=action_save]").click()
    notice = page.locator(".o_notification")
    expect(notice).to_contain_text("156/94")
    expect(notice).to_contain_text("复测")
    expect(page.locator(".modal")).to_have_count(0)
    look(page, "phone-after")
    ((state, systolic),) = rows(
        "SELECT s.state, v.systolic FROM bphs_screening s JOIN bphs_visit v ON v.id = s.last_visit_id WHERE s.id = %s",
        id_,
    )
    assert (state, systolic) == ("recheck", 156)
    expect(the_card(page, name)).to_contain_text("待复测")


def test_reminding_many_at_once(page_of, rows):
    page = page_of(DOCTOR)
    page.evaluate(MENU, "bphs_service.menu_screening_rows")
    settled(page)
    look(page, "desk-list", wide=True)
    page.locator("thead .o_list_record_selector input").check()
    page.locator("button[name=action_remind]").first.click()
    dialog = page.locator(".modal")
    expect(dialog).to_contain_text("免费")
    look(page, "desk-remind", wide=True)
    dialog.locator("button[name=action_remind]").click()
    expect(page.locator(".modal")).to_have_count(0)
    ((reminded,),) = rows(
        "SELECT count(*) FROM bphs_screening s JOIN res_users u ON u.id = s.write_uid AND u.login = 'doctor.yincheng'"
        " WHERE s.reminded_on = current_date"
    )
    assert reminded


def test_the_loop_opens_to_its_people(page_of):
    page = page_of(OFFICER)
    page.evaluate(MENU, "bphs_service.menu_screening_loop")
    expect(page.locator(".o_bphs_loop table")).to_be_visible()
    page.locator(".o_bphs_loop_since").fill("2020-01-01")
    page.locator(".o_bphs_loop_since").press("Tab")
    count = page.locator(".o_bphs_loop tbody tr").first.locator(".o_bphs_loop_count[data-step=abnormal]")
    expect(count).to_be_visible()
    look(page, "loop", wide=True)
    told = count.inner_text()
    count.click()
    expect(page.locator(".o_list_view")).to_be_visible()
    settled(page)
    assert page.locator(".o_data_row").count() == int(told)
    page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    page.evaluate(MENU, "bphs_service.menu_screening_loop")
    look(page, "loop-phone")


def test_the_section_sees_control_beside_doubts(page_of):
    page = page_of(SECTION)
    page.evaluate(MENU, "bphs_service.menu_truth_picture")
    expect(page.locator(".o_bphs_truth canvas")).to_have_count(4)
    look(page, "picture", wide=True)
    page.locator(".o_bphs_truth tbody tr").filter(has_text="荫城镇").locator("td a").click()
    expect(page.locator(".o_bphs_truth")).to_contain_text("卫生室")
    look(page, "picture-township", wide=True)
    page.locator(".o_bphs_truth_open").first.click()
    expect(page.locator(".o_list_view")).to_be_visible()
    look(page, "doubts", wide=True)
    page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    page.evaluate(MENU, "bphs_service.menu_truth_picture")
    look(page, "picture-phone")
