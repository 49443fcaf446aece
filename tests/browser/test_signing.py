"""A village doctor signs a household on the phone; the team leader accepts; a service keeps what was promised."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.journeys import MENU, PHONE
from tests.browser.screens import PICTURES, pictured, settled

DOCTOR, LEADER = "doctor.yincheng", "teamleader.yincheng"
FOLDER = PICTURES / "signing"
# Somebody grown up of the doctor's clinic without a contract, in a household.
SOMEBODY = """
    SELECT r.id, r.name, r.ehr_number
      FROM bphs_resident r
      JOIN res_users u ON u.login = 'doctor.yincheng'
      JOIN bphs_institution_user_rel s ON s.user_id = u.id AND s.institution_id = r.institution_id
     WHERE r.status = 'active' AND NOT r.restricted AND r.birth_date < current_date - interval '20 years'
       AND NOT EXISTS (SELECT FROM bphs_contract c WHERE c.resident_id = r.id)
     ORDER BY r.id LIMIT 1
"""


@pytest.fixture
def doctor(page_of):
    return page_of(DOCTOR, *PHONE)


def go(page, menu):
    page.evaluate(MENU, menu)
    settled(page)


def look(page, name):
    pictured(page, FOLDER / f"{name}.png")


def test_a_household_is_signed_on_the_phone_and_served(page_of, doctor, rows):
    ((resident, name, number),) = rows(SOMEBODY)
    go(doctor, "bphs_resident.menu_search")
    box = doctor.locator(".o_resident_search_box input")
    box.fill(number)
    # Until the answer is there, what was found before stands in the list.
    doctor.locator(f".o_resident_row[data-id='{resident}']").click()
    expect(doctor.locator(".o_form_view")).to_be_visible()
    press(doctor, "action_sign")
    dialog = doctor.locator(".modal")
    expect(dialog.locator(".o_data_row, .o_kanban_record").filter(has_text=name).first).to_be_visible()
    look(doctor, "who-signs")
    dialog.locator("button[name=action_sign]").click()
    expect(doctor.locator(".o_notification")).to_contain_text(re.compile("待团队长|已签约"))
    ((contract, state),) = rows("SELECT id, state FROM bphs_contract WHERE resident_id = %s", resident)
    assert state == "review", "what a village doctor signs is accepted by another"

    # The doctor's list on the phone: cards, none of them cut.
    file = doctor.url
    go(doctor, "bphs_team.menu_contracts_all")
    expect(doctor.locator(".o_kanban_record:not(.o_kanban_ghost)").first).to_be_visible()
    look(doctor, "the-list")
    doctor.goto(file)
    expect(doctor.locator(".o_form_view")).to_be_visible()

    leader = page_of(LEADER)
    leader.goto(f"/odoo/contracts/{contract}")
    leader.locator("button[name=action_accept]").click()
    expect(leader.locator("button[name=action_ask_end]")).to_be_visible()
    look(leader, "accepted")
    assert rows("SELECT state FROM bphs_contract WHERE id = %s", contract) == [("running",)]

    doctor.reload()
    settled(doctor)
    press(doctor, "action_record_service")
    expect(doctor.locator(".o_field_widget[name=worker_id] input")).not_to_have_value("")
    doctor.locator(".o_field_widget[name=service_kind] select, .o_field_widget[name=service_kind] input").first.click()
    doctor.locator(".o_select_menu_item").filter(has_text="健康管理").first.click()
    look(doctor, "a-service")
    press(doctor, "action_complete")
    expect(doctor.locator(".o_field_widget[name=keeps_words]")).to_be_visible()
    assert rows("SELECT count(*) FROM bphs_service_link WHERE contract_id = %s", contract) == [(1,)]
    doctor.goto(f"/odoo/contracts/{contract}")
    expect(doctor.locator(".o_field_widget[name=promise_lines]")).to_contain_text("完成于")
    look(doctor, "promised-and-kept")


def press(page, name):
    """Press a button of the file; on a phone some stand behind the menu of more."""
    button = page.locator(f"button[name={name}]")
    if not button.first.is_visible():
        page.locator(".o_form_statusbar button:has(.oi-ellipsis-v)").first.click()
    button.first.click()
    settled(page)
