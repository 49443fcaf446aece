"""Every screen of every person, on a desk and on a phone: looked at, and photographed."""

import re

import pytest

from tests.browser.people import logins, one_of_each_role
from tests.browser.screens import PICTURES, problems, settled

SIZES = {"desk": (1366, 768), "phone": (390, 844)}

# The leaves of the app's menu that open something, as {id, name}.
MENUS = """
() => {
    const service = odoo.__WOWL_DEBUG__.root.env.services.menu;
    const leaves = (menu) => menu.childrenTree.length ? menu.childrenTree.flatMap(leaves) : [menu];
    return service.getApps()
        .filter((app) => app.xmlid.startsWith("bphs_"))
        .flatMap((app) => leaves(service.getMenuAsTree(app.id)))
        .filter((menu) => menu.actionID)
        .map((menu) => ({ id: menu.id, name: menu.name, action: menu.actionID }));
}
"""
SCREEN = ".o_action_manager .o_view_controller, .o_action_manager .o_action"
OPEN_MENU = "(id) => odoo.__WOWL_DEBUG__.root.env.services.menu.selectMenu(id)"


def pytest_generate_tests(metafunc):
    if "login" in metafunc.fixturenames:
        metafunc.parametrize("login", one_of_each_role())


@pytest.mark.parametrize("size", SIZES)
def test_every_screen(page_of, login, size):
    page = page_of(login, *SIZES[size])
    folder = PICTURES / login
    folder.mkdir(parents=True, exist_ok=True)
    names = logins()
    found = {}

    def look(name):
        settled(page)
        page.screenshot(path=folder / (re.sub(r"[^\w-]+", "_", f"{size}-{name}") + ".png"))
        told = problems(page, names, wide=size == "desk")
        if told:
            found[name] = told

    page.wait_for_selector(SCREEN)
    look("00 first screen")
    menus = page.evaluate(MENUS)
    assert menus, f"{login} has no menu of the suite"
    for number, menu in enumerate(menus, 1):
        page.evaluate(OPEN_MENU, menu["id"])
        page.wait_for_selector(f"{SCREEN}, .modal.d-block")
        look(f"{number:02} {menu['name']}")
        if page.locator(".modal.d-block").count():
            page.locator(".modal.d-block .btn-close").last.click()
            page.wait_for_selector(".modal.d-block", state="detached")
            continue
        first = page.locator(".o_data_row, .o_kanban_record:not(.o_kanban_ghost)").first
        if first.count():
            first.locator("td.o_data_cell").first.click() if first.locator("td.o_data_cell").count() else first.click()
            settled(page)
            if page.locator(".o_form_view").count():
                look(f"{number:02} {menu['name']} 单据")
                for place in range(1, page.locator(".o_notebook .nav-link").count()):
                    page.locator(".o_notebook .nav-link").nth(place).click()
                    look(f"{number:02} {menu['name']} 单据 {place}")
    assert not found, "\n".join(f"{name}: {line}" for name, lines in found.items() for line in lines)
