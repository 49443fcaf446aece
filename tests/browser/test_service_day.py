"""A village doctor's phone: the day's list, a follow-up of somebody known in a dozen taps, one entered late."""

from datetime import date, timedelta

import pytest
from playwright.sync_api import expect

from tests.browser.journeys import MENU, PHONE
from tests.browser.screens import PICTURES, problems, settled

DOCTOR = "doctor.beicheng"
FOLDER = PICTURES / "service-day"
# Two grown-ups of the doctor's clinic who have no hypertension, in one house where there is one.
TWO = """
    SELECT r.id, r.name, r.household_id
      FROM bphs_resident r
      JOIN res_users u ON u.login = 'doctor.beicheng'
      JOIN bphs_institution_user_rel s ON s.user_id = u.id AND s.institution_id = r.institution_id
     WHERE r.status = 'active' AND NOT r.restricted AND r.birth_date < current_date - interval '20 years'
       AND r.household_id IS NOT NULL
       AND NOT EXISTS (SELECT FROM bphs_resident_group g WHERE g.resident_id = r.id AND g.kind = 'hypertension')
     ORDER BY r.household_id, r.id
"""
# Somebody known: diagnosed, visited a quarter ago, due again; and one more in the house.
PREPARE = """
from datetime import timedelta
ids, household = {ids!r}, {household!r}
doctor = env["res.users"].search([("login", "=", "doctor.beicheng")])
today = env.user._county_today()
home = env["bphs.household"].browse(household)
home.write({{"nickname": "老槐树家", "landmark": "村口水塔旁", "door_order": 1}})
for id_ in ids:
    env["bphs.resident.group"].create(
        {{"resident_id": id_, "kind": "hypertension", "date_from": today - timedelta(days=100)}})
form = env["bphs.form.template"]._in_use("hypertension")
visit = env["bphs.visit"].with_user(doctor).create({{
    "resident_id": ids[0], "template_id": form.id, "done_on": today - timedelta(days=95), "mode": "home",
    "systolic": 142, "diastolic": 86, "heart_rate": 74, "weight": 62.5, "height": 165.0, "adherence": "regular",
    "drug_reaction": "no", "result": "satisfied",
    "medicine_ids": [(0, 0, {{"name": "氨氯地平", "times_a_day": 1, "dose": 5}})],
}})
visit.action_complete()
env.cr.commit()
answer = True
"""


@pytest.fixture
def known(server, rows):
    """Two of one house who are due; the first has been visited before."""
    houses = {}
    for resident, name, household in rows(TWO):
        houses.setdefault(household, []).append((resident, name))
    household, people = next((house, two) for house, two in houses.items() if len(two) > 1)
    server.shell(PREPARE.format(ids=[resident for resident, __ in people[:2]], household=household))
    return people[:2]


class Thumb:
    """Counts what the thumb does: a press is a tap, a number is one however many digits it has."""

    def __init__(self, page):
        self.page, self.taps = page, 0

    def press(self, place):
        place.click()
        self.taps += 1
        settled(self.page)

    def number(self, field, value):
        box = self.page.locator(f".o_field_widget[name={field}] input")
        box.click()
        box.fill(str(value))
        self.taps += 1


def look(page, name):
    settled(page)
    FOLDER.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=FOLDER / f"{name}.png")
    wrong = [line for line in problems(page, wide=False) if not line.startswith("a cut")]
    assert not wrong, wrong


def the_list(page, name):
    page.evaluate(MENU, "bphs_service.menu_due")
    settled(page)
    box = page.locator(".o_searchview_input")
    if not box.is_visible():
        page.locator(".o_control_panel button:has(.fa-search)").first.click()
    box.fill(name)
    box.press("Enter")
    settled(page)
    return page.locator(".o_kanban_record").filter(has_text=name).filter(has_text="高血压").first


def test_a_follow_up_of_somebody_known(page_of, known, rows):
    (resident, name), (__, neighbour) = known
    page = page_of(DOCTOR, *PHONE)
    page.evaluate(MENU, "bphs_service.menu_due")
    look(page, "list")
    card = the_list(page, name)
    expect(card).to_contain_text("老槐树家 · 村口水塔旁")
    look(page, "card")
    thumb = Thumb(page)
    thumb.press(card.locator("button[name=action_record]"))
    expect(page.get_by_text("142/86 mmHg")).to_be_visible()
    look(page, "last-values")
    expect(page.locator(".o_field_widget[name=medicine_ids]")).to_contain_text("氨氯地平")
    for field, value in (("systolic", 136), ("diastolic", 82), ("heart_rate", 72), ("weight", 62)):
        thumb.number(field, value)
    look(page, "filled")
    button = page.locator("button[name=action_complete]")
    if not button.first.is_visible():
        thumb.press(
            page.locator(".o_form_statusbar button:has(.oi-ellipsis-v), .o_statusbar_buttons .o-dropdown").first
        )
    thumb.press(button.first)
    expect(page.locator(".o_field_widget[name=house_due_words]")).to_contain_text(neighbour)
    look(page, "done")
    assert thumb.taps < 12, thumb.taps
    ((state, systolic, height),) = rows(
        "SELECT state, systolic, height FROM bphs_visit WHERE resident_id = %s ORDER BY id DESC LIMIT 1", resident
    )
    assert (state, systolic, float(height)) == ("done", 136, 165.0), "what does not change is carried over"
    page.locator("button[name=action_next_in_house]").click()
    settled(page)
    expect(page.locator(".o_form_view")).to_be_visible()
    look(page, "next-in-the-house")


def test_one_entered_late(page_of, known, rows):
    __, (resident, name) = known
    page = page_of(DOCTOR, *PHONE)
    card = the_list(page, name)
    card.locator("button[name=action_record]").click()
    settled(page)
    done_on = date.today() - timedelta(days=6)
    field = page.locator(".o_field_widget[name=done_on]")
    if not field.locator("input").count():
        field.locator("button").first.click()
    box = field.locator("input").first
    box.fill(f"{done_on:%Y-%m-%d}")
    box.press("Enter")
    page.locator(".o_field_widget[name=systolic] input").fill("128")
    page.locator(".o_field_widget[name=diastolic] input").fill("78")
    button = page.locator("button[name=action_complete]")
    if not button.first.is_visible():
        page.locator(".o_form_statusbar button:has(.oi-ellipsis-v), .o_statusbar_buttons .o-dropdown").first.click()
    button.first.click()
    settled(page)
    look(page, "late")
    assert rows(
        "SELECT done_on, entered_on - done_on >= 6, state FROM bphs_visit WHERE resident_id = %s"
        " ORDER BY id DESC LIMIT 1",
        resident,
    ) == [(done_on, True, "done")]
