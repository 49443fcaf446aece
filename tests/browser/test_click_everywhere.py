"""Odoo's own click-everywhere test over the suite's menus, as each kind of person the demo county has."""

import time

from tests.browser.people import one_of_each_role

# A walk mostly waits for the page to draw, so several go at once.
AT_ONCE = 5
SECONDS = 1500
DONE = "clickbot test succeeded"
BROKEN = ("Error while testing", "test failed")
OUR_APPS = """
odoo.__WOWL_DEBUG__.root.env.services.menu.getApps().map((app) => app.xmlid).filter((id) => id.startsWith("bphs_"))
"""
WALK = "(app) => odoo.loader.modules.get('@web/webclient/clickbot/clickbot_loader').startClickEverywhere(app)"


def pytest_generate_tests(metafunc):
    people = one_of_each_role()
    groups = [people[start : start + AT_ONCE] for start in range(0, len(people), AT_ONCE)]
    metafunc.parametrize("logins", groups, ids="+".join)


def begin(page):
    """Starts the walk; what the page's console says from then on is collected in the list returned."""
    said = []
    page.on("console", lambda line: said.append(line.text))
    (app,) = page.evaluate(OUR_APPS)
    page.evaluate(WALK, app)
    return said


def test_every_menu_view_and_filter_opens(page_of, logins):
    pages = {login: page_of(login) for login in logins}
    said = {login: begin(page) for login, page in pages.items()}
    limit = time.monotonic() + SECONDS
    while not all(DONE in lines for lines in said.values()):
        for login, lines in said.items():
            broken = [line for line in lines if line.startswith(BROKEN)]
            assert not broken, (login, lines[-20:])
        unfinished = [login for login, lines in said.items() if DONE not in lines]
        assert time.monotonic() < limit, {login: said[login][-5:] for login in unfinished}
        pages[logins[0]].wait_for_timeout(250)
    # A walk that met no menu would have succeeded at once.
    for login, lines in said.items():
        assert sum("Testing menu" in line for line in lines) >= 2, (login, lines)
