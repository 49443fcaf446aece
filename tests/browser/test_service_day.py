"""A village doctor's phone: the day's list, a follow-up of somebody known in a dozen taps, one entered late."""

from datetime import date, timedelta

import pytest
from playwright.sync_api import expect

from tests.browser.entry import MEASURED, Thumb, enter, press_done
from tests.browser.journeys import MENU, PHONE, box_of
from tests.browser.screens import PICTURES, TERMS, pictured, settled

DOCTOR = "doctor.beicheng"
FOLDER = PICTURES / "service-day"
# Two grown-ups of the doctor's clinic without hypertension or a pressure on file, in one house where there is one.
TWO = """
    SELECT r.id, r.name, r.household_id
      FROM bphs_resident r
      JOIN res_users u ON u.login = 'doctor.beicheng'
      JOIN bphs_institution_user_rel s ON s.user_id = u.id AND s.institution_id = r.institution_id
     WHERE r.status = 'active' AND NOT r.restricted AND r.birth_date < current_date - interval '20 years'
       AND r.household_id IS NOT NULL
       AND NOT EXISTS (SELECT FROM bphs_resident_group g WHERE g.resident_id = r.id AND g.kind = 'hypertension')
       AND NOT EXISTS (SELECT FROM bphs_visit v WHERE v.resident_id = r.id AND v.systolic IS NOT NULL)
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


def look(page, name):
    pictured(page, FOLDER / f"{name}.png", TERMS, wide=False)


def the_list(page, name, service="高血压"):
    page.evaluate(MENU, "bphs_service.menu_due")
    settled(page)
    box = page.locator(".o_searchview_input")
    if not box.is_visible():
        page.locator(".o_control_panel button:has(.fa-search)").first.click()
    box.fill(name)
    box.press("Enter")
    settled(page)
    return page.locator(".o_kanban_record").filter(has_text=name).filter(has_text=service).first


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
    enter(page, thumb, MEASURED)
    look(page, "filled")
    press_done(page, thumb)
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
    box = box_of(page.locator(".o_field_widget[name=done_on]"))
    box.fill(f"{done_on:%Y-%m-%d}")
    box.press("Enter")
    page.locator(".o_field_widget[name=systolic] input").fill("128")
    page.locator(".o_field_widget[name=diastolic] input").fill("78")
    press_done(page, Thumb(page))
    look(page, "late")
    assert rows(
        "SELECT done_on, entered_on - done_on >= 6, state FROM bphs_visit WHERE resident_id = %s"
        " ORDER BY id DESC LIMIT 1",
        resident,
    ) == [(done_on, True, "done")]


# Something on the doctor's list that nobody has tried in vain or postponed yet.
DUE = """
    SELECT r.id, r.name, c.name ->> 'zh_CN' FROM bphs_followup f
      JOIN bphs_resident r ON r.id = f.resident_id
      JOIN bphs_clock c ON c.id = f.clock_id AND c.code !~ '^(smi|tb)'
      JOIN res_users u ON u.login = 'doctor.beicheng'
      JOIN bphs_institution_user_rel s ON s.user_id = u.id AND s.institution_id = r.institution_id
     WHERE f.closed_on IS NULL AND f.opens_on <= current_date AND f.missed_from > current_date + 1 AND f.kind = 'due'
       AND r.status = 'active' AND NOT r.restricted
       AND NOT EXISTS (SELECT FROM bphs_followup_attempt a WHERE a.resident_id = r.id)
       AND NOT EXISTS (SELECT FROM bphs_plan_mute m WHERE m.plan_id = f.plan_id)
     ORDER BY f.id LIMIT 1
"""


def test_an_attempt_in_vain(page_of, rows):
    ((resident, name, service),) = rows(DUE)
    page = page_of(DOCTOR, *PHONE)
    card = the_list(page, name, service)
    thumb = Thumb(page)
    thumb.press(card.locator("button[name=action_attempt]"))
    dialog = page.locator(".modal.d-block")
    expect(dialog).to_be_visible()
    look(page, "attempt")
    thumb.press(dialog.get_by_text("拒绝", exact=False).first)
    look(page, "attempt-said")
    thumb.press(dialog.locator(".modal-footer button:visible").first)
    expect(page.locator(".modal.d-block")).to_have_count(0)
    look(page, "attempt-saved")
    assert thumb.taps <= 3, thumb.taps
    assert rows("SELECT kind FROM bphs_followup_attempt WHERE resident_id = %s ORDER BY id DESC LIMIT 1", resident) == [
        ("refused",)
    ]
    assert rows("SELECT count(*) FROM bphs_visit WHERE resident_id = %s AND done_on = current_date", resident) == [
        (0,)
    ], "an attempt is no visit"
    expect(the_list(page, name, service)).to_be_visible()  # it closes nothing


ELDER = """
    SELECT r.id, r.name FROM bphs_resident r
      JOIN res_users u ON u.login = 'doctor.beicheng'
      JOIN bphs_institution_user_rel s ON s.user_id = u.id AND s.institution_id = r.institution_id
     WHERE r.status = 'active' AND NOT r.restricted AND r.birth_date < current_date - interval '66 years'
     ORDER BY r.id LIMIT 1
"""
OPEN_EXAM = """
([template, resident]) => odoo.__WOWL_DEBUG__.root.env.services.action.doAction({
    type: "ir.actions.act_window", res_model: "bphs.visit", views: [[false, "form"]],
    context: { default_template_id: template, default_resident_id: resident },
}, { clearBreadcrumbs: true })
"""


def test_an_exam_of_an_elder_that_finds_something(page_of, rows):
    ((resident, name),) = rows(ELDER)
    ((template,),) = rows("SELECT id FROM bphs_form_template WHERE code = 'elder_exam' AND state = 'published'")
    page = page_of(DOCTOR, *PHONE)
    page.evaluate(OPEN_EXAM, [template, resident])
    settled(page)
    thumb = Thumb(page)
    for field, value in (("systolic", 186), ("diastolic", 104), ("weight", 60), ("height", 162)):
        thumb.number(field, value)
    settled(page)
    expect(page.locator(".o_field_widget[name=danger_words]")).to_contain_text("186")
    look(page, "exam-danger")
    press_done(page, thumb)
    look(page, "exam-done")
    found = rows(
        "SELECT f.name, f.severity, f.state FROM bphs_finding f JOIN bphs_visit v ON v.id = f.visit_id"
        " WHERE v.resident_id = %s AND v.template_id = %s AND f.state <> 'voided' ORDER BY v.id DESC, f.id",
        resident,
        template,
    )
    assert ("血压升高", "critical", "open") in found, found
    # It leads to what is done about it: the list of findings shows the person with the critical value first.
    page.evaluate(MENU, "bphs_service.menu_findings")
    settled(page)
    first = page.locator(".o_kanban_record:not(.o_kanban_ghost)").filter(has_text=name).first
    expect(first).to_contain_text("血压升高")
    look(page, "exam-findings")
    first.click()
    settled(page)
    expect(page.locator(".o_form_view")).to_be_visible()
    look(page, "exam-finding")
