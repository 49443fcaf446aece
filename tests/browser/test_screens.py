"""Every screen of every person, on a desk and on a phone: looked at, and photographed."""

import re

from tests.browser.people import ask, logins, one_of_each_role
from tests.browser.screens import PICTURES, TERMS, problems, settled

SIZES = {"desk": (1366, 768), "phone": (390, 844)}

# The leaves of the suite's menus that open something, as {id, name, action}.
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
SCREEN = ".o_action_manager > *"
OPEN_MENU = "(id) => odoo.__WOWL_DEBUG__.root.env.services.menu.selectMenu(id)"


def pytest_generate_tests(metafunc):
    if "login" in metafunc.fixturenames:
        metafunc.parametrize("login", one_of_each_role())


class Tour:
    """One person's screens at one size: `found` says what is wrong with which."""

    def __init__(self, page, folder, size, names):
        self.page, self.folder, self.size, self.names = page, folder, size, names
        self.found = {}

    def look(self, name):
        settled(self.page)
        path = self.folder / (re.sub(r"[^\w-]+", "_", f"{self.size}-{name}") + ".jpg")
        self.page.screenshot(path=path, type="jpeg", quality=70)
        told = problems(self.page, self.names, wide=self.size == "desk")
        if told:
            self.found[f"{self.size} {name}"] = told

    def menu(self, number, menu):
        """What the menu opens, the first record on it, and the pages of its notebook."""
        page, name = self.page, f"{number:02} {menu['name']}"
        page.evaluate(OPEN_MENU, menu["id"])
        page.wait_for_selector(f"{SCREEN}, .modal.d-block")
        self.look(name)
        if page.locator(".modal.d-block").count():
            page.locator(".modal.d-block .btn-close").last.click()
            page.wait_for_selector(".modal.d-block", state="detached")
            return
        first = page.locator(".o_data_row, .o_kanban_record:not(.o_kanban_ghost)").first
        if not first.count():
            return
        cell = first.locator("td.o_data_cell").first
        (cell if cell.count() else first).click()
        settled(page)
        if page.locator(".o_form_view").count():
            self.look(f"{name} 单据")
            for place in range(1, page.locator(".o_notebook .nav-link").count()):
                page.locator(".o_notebook .nav-link").nth(place).click()
                self.look(f"{name} 单据 {place}")


def test_every_screen(page_of, login):
    page = page_of(login, *SIZES["desk"])
    page.wait_for_selector(SCREEN)
    folder = PICTURES / login
    folder.mkdir(parents=True, exist_ok=True)
    # The code of a rule set is part of its name.
    names, found = [*logins(), *TERMS, *ask("SELECT code FROM bphs_elderly_ruleset")], {}
    home = page.url
    for size, (width, height) in SIZES.items():
        page.set_viewport_size({"width": width, "height": height})
        page.goto(home)  # anew: some screens look at their size when they open alone
        page.wait_for_selector(SCREEN)
        tour = Tour(page, folder, size, names)
        tour.look("00 first screen")
        menus = page.evaluate(MENUS)
        assert menus, f"{login} has no menu of the suite"
        for number, menu in enumerate(menus, 1):
            tour.menu(number, menu)
        found |= tour.found
    assert not found, "\n".join(f"{name}: {line}" for name, lines in found.items() for line in lines)
