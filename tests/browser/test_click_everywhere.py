"""Odoo's own click-everywhere test, once as each kind of person the demo county has."""

import time

from tests.browser.people import one_of_each_role

SECONDS = 900


def pytest_generate_tests(metafunc):
    metafunc.parametrize("login", one_of_each_role())


def test_every_menu_view_and_filter_opens(page_of, login):
    page = page_of(login)
    said = []
    page.on("console", lambda line: said.append(line.text))
    apps = page.evaluate("odoo.__WOWL_DEBUG__.root.env.services.menu.getApps().map((app) => app.xmlid)")
    ours = [app for app in apps if app.startswith("bphs_")]
    assert ours, f"{login} has no menu of the suite"
    for app in ours:
        said.clear()
        page.evaluate(
            "(app) => odoo.loader.modules.get('@web/webclient/clickbot/clickbot_loader').startClickEverywhere(app)",
            app,
        )
        limit = time.monotonic() + SECONDS
        while "clickbot test succeeded" not in said and time.monotonic() < limit:
            broken = [line for line in said if line.startswith(("Error while testing", "test failed"))]
            assert not broken, said[-20:]
            page.wait_for_timeout(250)
        assert "clickbot test succeeded" in said, said[-20:]
