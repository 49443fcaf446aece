"""Elders by colour: a township's general practitioner confirms what became better, the county tries rules and publishes
them, a village doctor's phone shows who is red and due, and a visit changes a colour before the eyes."""

import time
from datetime import date, timedelta

import pytest
from playwright.sync_api import expect

from tests.browser.journeys import MENU, PHONE, box_of
from tests.browser.screens import PICTURES, pictured, settled

DOCTOR, LEADER = "doctor.yincheng", "teamleader.yincheng"
FOLDER = PICTURES / "elders"
# Codes that the county gave its rules.
RULES = ("strict", "own-clock", "county")
# The doctor's elders whom everybody may know, the red first.
ELDERS = """
    SELECT r.id, r.name, s.colour
      FROM bphs_elderly_standing s
      JOIN bphs_resident r ON r.id = s.resident_id
      JOIN bphs_institution_user_rel k ON k.institution_id = r.institution_id
      JOIN res_users u ON u.id = k.user_id AND u.login = 'doctor.yincheng'
     WHERE NOT s.whole AND NOT s.shadowed AND NOT r.restricted
     ORDER BY s.colour <> 'red', r.id
"""
# Of each of these the visit that comes next and takes a pressure is due today; the answer is what it is for.
DUE = """
today = env.user._county_today()
answer = []
for resident in {ids!r}:
    env.cr.execute(
        "UPDATE bphs_followup SET opens_on = %s, due_on = %s, missed_from = greatest(missed_from, closes_on, %s)"
        " WHERE id = (SELECT f.id FROM bphs_followup f JOIN bphs_clock c ON c.id = f.clock_id"
        " WHERE c.code IN ('hypertension', 'red', 'yellow', 'green') AND f.resident_id = %s"
        " AND f.closed_on IS NULL AND f.closes_on >= %s ORDER BY f.due_on, f.id LIMIT 1) RETURNING clock_id",
        [today, today, today, resident, today],
    )
    answer.append(env["bphs.clock"].with_context(lang="zh_CN").browse(env.cr.fetchone()).name)
env.cr.commit()
"""


def look(page, name, wide):
    pictured(page, FOLDER / f"{name}.png", RULES, wide)


def go(page, menu):
    page.evaluate(MENU, menu)
    page.wait_for_selector(".o_action_manager .o_view_controller")
    settled(page)


def press(page, name, inside=""):
    settled(page)
    button = page.locator(f"{inside} button[name={name}]:visible").first
    if not button.count():
        page.locator(".o_form_statusbar button:has(.oi-ellipsis-v), .o_statusbar_buttons .o-dropdown").first.click()
        button = page.locator(f"button[name={name}]:visible").first
    button.click()
    page.wait_for_timeout(300)
    yes = page.locator(".modal.d-block:not(:has(.o_form_view)) .modal-footer .btn-primary")
    if yes.count():
        yes.first.click()
    settled(page)


def test_better_colours_are_confirmed_many_at_once(page_of, rows):
    page = page_of(LEADER)
    go(page, "bphs_elderly.menu_proposals")
    lines = page.locator(".o_data_row")
    waiting = lines.count()
    assert waiting, "the demo county leaves some to be confirmed"
    expect(lines.first).to_contain_text("→" if lines.first.get_by_text("→").count() else "：")
    look(page, "better-to-confirm", wide=True)
    ((before,),) = rows("SELECT count(*) FROM bphs_elderly_grading WHERE cause = 'confirmed'")
    page.locator("thead .o_list_record_selector input").click()
    press(page, "action_confirm")
    expect(page.locator(".o_data_row")).to_have_count(0)
    look(page, "all-confirmed", wide=True)
    ((after,),) = rows("SELECT count(*) FROM bphs_elderly_grading WHERE cause = 'confirmed'")
    assert after >= before + waiting


def test_the_county_tries_rules_and_a_second_person_publishes_them(page_of, rows):
    page = page_of("primarycare")
    go(page, "bphs_elderly.menu_rulesets")
    page.locator(".o_data_row").filter(has_text="strict-2025").locator("td.o_data_cell").first.click()
    page.wait_for_selector(".o_form_view")
    press(page, "action_try")
    expect(page.locator(".o_field_widget[name=progress]")).to_be_visible()
    look(page, "trial-begun", wide=True)
    ((trial,),) = rows("SELECT max(id) FROM bphs_elderly_trial")
    until = time.monotonic() + 120
    while rows("SELECT state FROM bphs_elderly_trial WHERE id = %s", trial) != [("done",)]:
        assert time.monotonic() < until, "the jobs of the trial go on by themselves"
        page.wait_for_timeout(500)
    page.reload()
    settled(page)
    expect(page.locator(".alert-warning")).to_contain_text("黄")
    expect(page.locator("[name=township_ids] .o_data_row")).to_have_count(13)
    look(page, "trial", wide=True)
    page.get_by_role("tab").filter(has_text="随访").click()
    look(page, "trial-doctors", wide=True)
    # The county decides for it after all, from the first of the year after next.
    go(page, "bphs_elderly.menu_rulesets")
    page.locator(".o_data_row").filter(has_text="strict-2025").locator("td.o_data_cell").first.click()
    day = box_of(page.locator(".o_field_widget[name=date_from]"))
    day.fill(f"{date(date.today().year + 2, 1, 1):%Y-%m-%d}")
    day.press("Tab")
    press(page, "action_propose")
    expect(page.locator("button[name=action_publish]")).to_have_count(0)
    second = page_of("specialist")
    go(second, "bphs_elderly.menu_rulesets")
    second.locator(".o_data_row").filter(has_text="strict-2025").locator("td.o_data_cell").first.click()
    second.wait_for_selector(".o_form_view")
    look(second, "to-publish", wide=True)
    press(second, "action_publish")
    expect(second.locator("button[name=action_publish]")).to_have_count(0)
    look(second, "published", wide=True)
    assert rows("SELECT state, version FROM bphs_elderly_ruleset WHERE code = 'strict-2025'") == [("published", 2)]


@pytest.fixture
def elders(server, rows):
    """A red elder and one who is none yet, both of the doctor's, and for what each is due today."""
    found = rows(ELDERS)
    red, other = found[0], next(elder for elder in found if elder[2] != "red")
    assert red[2] == "red"
    services = server.shell(DUE.format(ids=[red[0], other[0]]))
    return (*red, services[0]), (*other, services[1])


def record(page, name, service, systolic, diastolic, picture):
    """Open the elder's row of today, write down a pressure, complete."""
    go(page, "bphs_service.menu_due")
    box = page.locator(".o_searchview_input")
    if not box.is_visible():
        page.locator(".o_control_panel button:has(.fa-search)").first.click()
    box.fill(name)
    box.press("Enter")
    settled(page)
    card = page.locator(".o_kanban_record").filter(has_text=name).filter(has_text=service).first
    look(page, f"{picture}-due", wide=False)
    card.locator("button[name=action_record]").click()
    settled(page)
    for field, value in (("systolic", systolic), ("diastolic", diastolic)):
        page.locator(f".o_field_widget[name={field}] input").fill(str(value))
    result = page.locator(".o_field_widget[name=result]")
    if result.count() and result.locator("select").count():
        result.locator("select").select_option(index=1)
    press(page, "action_complete")
    look(page, f"{picture}-done", wide=False)


def test_red_and_due_today_and_a_visit_that_changes_a_colour(page_of, elders, rows):
    (red, red_name, __, red_service), (other, other_name, __, service) = elders
    page = page_of(DOCTOR, *PHONE)
    expect(page.get_by_text("老年人分级").first).to_be_visible()
    look(page, "first-page", wide=False)
    page.get_by_text("红", exact=True).first.click()
    card = page.locator(".o_kanban_record").filter(has_text=red_name)
    expect(card).to_contain_text("红")
    today = date.today()
    expect(card).to_contain_text(f"{today.day}")
    look(page, "red", wide=False)
    record(page, red_name, red_service, 128, 78, "red")
    ((due,),) = rows(
        "SELECT min(due_on) FROM bphs_followup WHERE resident_id = %s AND closed_on IS NULL AND closes_on >= %s",
        *(red, today),
    )
    assert due > today, "the visit of today is made"
    record(page, other_name, service, 188, 100, "other")
    expect(page.locator(".o_field_widget[name=elder_colour_words]")).to_contain_text("红")
    assert rows("SELECT colour, since FROM bphs_elderly_standing WHERE resident_id = %s AND NOT whole", other) == [
        ("red", today)
    ]
    page.goto(f"/odoo/bphs.resident/{other}")
    settled(page)
    expect(page.locator(".o_field_widget[name=elder_colour_words]")).to_contain_text("红")
    expect(page.locator(".o_field_widget[name=elder_reason_html]")).to_contain_text("紧急值")
    look(page, "file", wide=False)
    within = today + timedelta(days=7)
    assert rows(
        "SELECT max(f.due_on) FROM bphs_followup f JOIN bphs_plan p ON p.id = f.plan_id"
        " WHERE p.code = 'elder_worse' AND p.resident_id = %s",
        other,
    ) == [(within,)], "whoever became worse is seen within a week"
