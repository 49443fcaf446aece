"""A lecture with people named, a patrol reported onward, a vaccination that proposes what is due, exams drawn, work
given to somebody: each by whoever does it, on the screen they do it at.
"""

import pytest
from playwright.sync_api import expect

from tests.browser.journeys import MENU, PHONE, Person, draw_sample, new
from tests.browser.screens import PICTURES, pictured, settled

DOCTOR, OFFICER = "doctor.beicheng", "ph.beicheng"
FOLDER = PICTURES / "group-services"
DESK = (1366, 768)
BOTH = pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
# Somebody of the doctor's, by age.
SOMEBODY = """
    SELECT r.id, r.name FROM bphs_resident r
      JOIN res_users u ON u.login = %s
      JOIN bphs_institution_user_rel s ON s.user_id = u.id AND s.institution_id = r.institution_id
     WHERE r.status = 'active' AND NOT r.restricted AND r.birth_date BETWEEN %s::date AND %s::date
     ORDER BY r.id LIMIT 1
"""
# A child that was never checked: half a year old, of the doctor's village.
CHILD = """
from datetime import timedelta
doctor = env["res.users"].search([("login", "=", "doctor.beicheng")])
village = doctor.bphs_institution_ids.village_ids[:1]
child = env["bphs.resident"].create({{
    "name": "贺小苗{tag}", "division_id": village.id, "birth_date": env.user._county_today() - timedelta(days=185),
    "sex": "female", "id_type": "none", "id_reason": "待办",
}})
form = env["bphs.form.template"]._in_use("vaccination")
env.cr.commit()
answer = child.id, form.id
"""
OPEN = """
([template, resident]) => odoo.__WOWL_DEBUG__.root.env.services.action.doAction({
    type: "ir.actions.act_window", res_model: "bphs.visit", views: [[false, "form"]],
    context: { default_template_id: template, default_resident_id: resident },
}, { clearBreadcrumbs: true })
"""


def look(page, name, size):
    pictured(page, FOLDER / f"{name}-{'desk' if size == DESK else 'phone'}.png", wide=size == DESK)


@BOTH
def test_a_lecture_with_people_named(page_of, rows, size):
    ((resident, name),) = rows(SOMEBODY, DOCTOR, "1940-01-01", "1990-01-01")
    page = page_of(DOCTOR, *size)
    person = Person(page)
    page.evaluate(MENU, "bphs_service.menu_group_services")
    look(page, "lectures", size)
    new(page, "bphs_service.menu_group_services")
    person.fill("topic", "高血压防治知识")
    person.fill("place", "村委会会议室")
    person.fill("people_count", "32")
    if size == DESK:
        person.choose("participant_ids", name)
    else:
        # On a phone names are chosen in a window of their own.
        page.locator(".o_field_widget[name=participant_ids] input").first.click()
        settled(page)
        page.locator(".modal.d-block .o_kanban_record").filter(has_text=name).first.click()
    settled(page)
    look(page, "lecture", size)
    person.press("action_complete")
    look(page, "lecture-done", size)
    assert rows(
        "SELECT g.state, g.people_count, v.state FROM bphs_visit v JOIN bphs_group_service g ON g.id = v.group_id"
        " WHERE v.resident_id = %s ORDER BY v.id DESC LIMIT 1",
        resident,
    ) == [("done", 32, "done")]


@BOTH
def test_a_patrol_is_reported_onward(page_of, rows, size):
    page = page_of(DOCTOR, *size)
    person = Person(page)
    page.evaluate(MENU, "bphs_service.menu_patrol_objects")
    look(page, "places", size)
    new(page, "bphs_service.menu_patrol_objects")
    name = f"村小学{size[0]}"
    person.fill("name", name)
    choose_of(page, "speciality", "学校卫生")
    page.locator(".o_form_button_save").first.click()
    settled(page)
    person.press("action_patrol")
    settled(page)
    box = page.locator(".o_field_widget[name=found_problem] input")
    box.click()
    settled(page)
    person.fill("problem", "饮水机无消毒记录")
    look(page, "patrol", size)
    person.press("action_complete")
    settled(page)
    person.fill("reported_to", "县卫生监督所")
    page.keyboard.press("Tab")  # the buttons are drawn anew once the field is left
    settled(page)
    person.press("action_report")
    expect(page.locator(".o_field_widget[name=outcome]")).to_be_visible()
    look(page, "patrol-reported", size)
    assert rows(
        "SELECT p.state FROM bphs_patrol p JOIN bphs_patrol_object o ON o.id = p.object_id WHERE o.name = %s", name
    ) == [("reported",)]


@BOTH
def test_a_vaccination_proposes_what_else_is_due(server, page_of, rows, size):
    child, template = server.shell(CHILD.format(tag=size[0]))
    page = page_of(DOCTOR, *size)
    page.evaluate(OPEN, [template, child])
    settled(page)
    also = page.locator(".o_bphs_also_due")
    expect(also).to_contain_text("儿童健康检查")
    expect(page.locator(".o_field_widget[name=contract_wanting_words]")).to_contain_text("签约")
    look(page, "vaccination", size)
    row = also.locator(".o_data_row, .o_kanban_record:not(.o_kanban_ghost)").filter(has_text="中医").first
    row.locator("button[name=action_record]").click()
    settled(page)
    expect(page.locator(".o_form_view")).to_contain_text("中医药健康指导")
    look(page, "vaccination-next", size)
    ((state,),) = rows("SELECT state FROM bphs_visit WHERE resident_id = %s AND template_id = %s", child, template)
    assert state == "draft", "what was begun of the vaccination stands"


def test_exams_are_drawn_and_judged(page_of, rows):
    size = DESK
    page = page_of(OFFICER, *size)
    person = Person(page)
    page.evaluate(MENU, "bphs_service.menu_exam_samples")
    look(page, "samples", size)
    new(page, "bphs_service.menu_exam_samples")
    draw_sample(page, rows, OFFICER, 5)
    look(page, "sample", size)
    expect(page.locator(".o_field_widget[name=told_words]")).to_contain_text("/5")
    ((count, seeded),) = rows(
        "SELECT count(*), count(DISTINCT s.seed) FROM bphs_exam_sample_line l JOIN bphs_exam_sample s"
        " ON s.id = l.sample_id WHERE s.id = (SELECT max(id) FROM bphs_exam_sample)"
    )
    assert (count, seeded) == (5, 1)
    # The sample and its next exam, as they look on a phone.
    page.set_viewport_size(dict(zip(("width", "height"), PHONE, strict=True)))
    page.reload()
    look(page, "sample", PHONE)
    person.press("action_open_next")
    expect(page.locator(".o_field_widget[name=verdict]")).to_be_visible()
    look(page, "sample-next", PHONE)


def test_work_is_given_to_somebody(page_of, rows):
    page = page_of(OFFICER, *DESK)
    page.evaluate(MENU, "bphs_service.menu_due")
    settled(page)
    look(page, "due", DESK)
    for place in range(3):
        page.locator(".o_data_row .o_list_record_selector input").nth(place).click()
    page.locator(".o_control_panel .o_cp_action_menus button").first.click()
    page.get_by_text("分派给", exact=True).first.click()
    settled(page)
    dialog = page.locator(".modal.d-block")
    expect(dialog).to_contain_text("共3件待办")
    look(page, "give", DESK)
    box = dialog.locator(".o_field_widget[name=worker_id] input")
    box.click()
    settled(page)
    page.locator(".o-autocomplete--dropdown-item").first.click()
    dialog.locator("button[name=action_assign]").click()
    expect(page.locator(".modal.d-block")).to_have_count(0)
    ((given,),) = rows("SELECT count(*) FROM bphs_plan WHERE worker_id IS NOT NULL")
    assert 1 <= given <= 3


def choose_of(page, field, text):
    """Choose of a selection, whichever way it is drawn."""
    widget = page.locator(f".o_field_widget[name={field}]")
    if widget.locator("select").count():
        widget.locator("select").select_option(label=text)
        return
    widget.locator("input").first.click()
    settled(page)
    page.locator(".o_select_menu_item, .o-dropdown-item").filter(has_text=text).first.click()
