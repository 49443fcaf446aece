"""A team leader's first screen of the services is what goes wrong; a doctor puts something off with its reason."""

from datetime import date, timedelta

import pytest
from playwright.sync_api import expect

from tests.browser.entry import Thumb
from tests.browser.journeys import MENU, PHONE, box_of
from tests.browser.screens import PICTURES, TERMS, pictured, settled
from tests.browser.test_service_day import DOCTOR, DUE, the_list

FOLDER = PICTURES / "leader-day"
DESK = (1366, 768)


def look(page, name, wide=False):
    pictured(page, FOLDER / f"{name}.png", TERMS, wide=wide)


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_a_leader_sees_what_goes_wrong(page_of, size):
    page = page_of("teamleader.beicheng", *size)
    page.evaluate(MENU, "bphs_service.menu_root")
    settled(page)
    rows = page.locator(".o_data_row, .o_kanban_record:not(.o_kanban_ghost)")
    expect(rows.first).to_be_visible()
    # The app opens on it, with the filter that says so.
    opened = page.locator(".o_searchview_facet" if size == DESK else "header, .o_main_navbar").first
    expect(opened).to_contain_text("需关注")
    look(page, f"exceptions-{'desk' if size == DESK else 'phone'}", wide=size == DESK)


def test_put_off_with_a_reason(page_of, rows):
    ((resident, name, service),) = rows(DUE)
    page = page_of(DOCTOR, *PHONE)
    card = the_list(page, name, service)
    thumb = Thumb(page)
    thumb.press(card.locator("button[name=action_postpone]"))
    dialog = page.locator(".modal.d-block")
    expect(dialog).to_be_visible()
    until = date.today() + timedelta(days=9)
    box = box_of(dialog.locator(".o_field_widget[name=date_to]"))
    box.fill(f"{until:%Y-%m-%d}")
    box.press("Enter")
    dialog.locator(".o_field_widget[name=reason] input").fill("外出务工，十天后回村")
    look(page, "postpone")
    thumb.press(dialog.locator(".modal-footer button:visible").first)
    expect(page.locator(".modal.d-block")).to_have_count(0)
    assert rows(
        "SELECT m.date_to, m.reason FROM bphs_plan_mute m JOIN bphs_plan p ON p.id = m.plan_id"
        " WHERE p.resident_id = %s ORDER BY m.id DESC LIMIT 1",
        resident,
    ) == [(until, "外出务工，十天后回村")]
    look(page, "postponed")
