"""The bureau administrator takes people on: a sign-in of every role, with a password they then sign in with."""

from playwright.sync_api import expect

from tests.browser.people import sign_in
from tests.browser.screens import settled

ADMINISTRATOR = "bureauadmin"
PLACE = "荫城镇中心卫生院"
FIRST, SECOND = "First-Password-2031", "Second-Password-2031"


def test_h17_h18_a_user_of_every_role_is_made_and_signs_in(person, page_of, chromium, server, rows):
    administrator = person(ADMINISTRATOR)
    roles = rows(
        "SELECT role.id, grp.name->>'zh_CN' FROM res_users_role role JOIN res_groups grp ON grp.id = role.group_id"
        " JOIN ir_model_data name ON name.model = 'res.users.role' AND name.res_id = role.id"
        " WHERE name.module = 'bphs_base' ORDER BY role.id"
    )
    assert len(roles) == 15
    for number, (_role, label) in enumerate(roles):
        make_user(administrator, f"new{number}", f"新人{label}", label)
        assert can_sign_in(chromium, server, f"new{number}", FIRST), label
    reset_password(administrator, "new0")
    assert can_sign_in(chromium, server, "new0", SECOND)
    assert not can_sign_in(chromium, server, "new0", FIRST)


def make_user(administrator, login, name, role):
    page = administrator.page
    administrator.go("bphs_base.res_users_menu")
    page.locator(".o_list_button_add, .o-kanban-button-new").first.click()
    page.wait_for_selector(".o_form_view")
    administrator.fill("name", name)
    administrator.fill("login", login)
    administrator.fill("new_password", FIRST)
    administrator.choose("bphs_institution_ids", PLACE)
    page.locator(".o_field_widget[name=role_line_ids] .o_field_x2many_list_row_add a").first.click()
    administrator.choose("role_id", role)
    save(page)


def reset_password(administrator, login):
    administrator.go("bphs_base.res_users_menu")
    box = administrator.page.locator(".o_searchview_input")
    box.fill(login)
    box.press("Enter")
    settled(administrator.page)
    administrator.open(login)
    administrator.fill("new_password", SECOND)
    save(administrator.page)


def save(page):
    page.locator(".o_form_button_save").click()
    expect(page.locator(".o_form_button_save:visible")).to_have_count(0)
    expect(page.locator(".o_error_dialog, .o_notification.border-danger")).to_have_count(0)


def can_sign_in(chromium, server, login, password):
    context = chromium.new_context(base_url=server.base_url)
    inside = sign_in(context, login, password)
    context.close()
    return inside
