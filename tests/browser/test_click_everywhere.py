"""Odoo's own click-everywhere test, once as each kind of person the demo county has."""

import os
import subprocess
import time

SECONDS = 900
ONE_OF_EACH_KIND = """
    SELECT min(login) FROM (
        SELECT users.login, array_agg(rel.gid ORDER BY rel.gid) AS groups
          FROM res_users users JOIN res_groups_users_rel rel ON rel.uid = users.id
         WHERE users.active AND NOT users.share
         GROUP BY users.id
    ) kinds GROUP BY groups ORDER BY 1
"""


def pytest_generate_tests(metafunc):
    database = os.environ["JICENG_DATABASE"]
    command = ["psql", "-X", "-A", "-t", "-d", database, "-c", ONE_OF_EACH_KIND]
    found = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()
    metafunc.parametrize("login", found)


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
