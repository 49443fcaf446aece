"""Odoo's own click-everywhere test over the suite's menus, as each kind of person the demo county has."""

import time

from tests.browser.people import one_of_each_role

# A walk waits for the server and the page by turns, so several go at once.
AT_ONCE = 3
# For one person's walk, on a slow machine.
SECONDS = 900
DONE = "clickbot test succeeded"
BROKEN = ("Error while testing", "test failed")
OUR_APPS = """
odoo.__WOWL_DEBUG__.root.env.services.menu.getApps().map((app) => app.xmlid).filter((id) => id.startsWith("bphs_"))
"""
WALK = "(app) => odoo.loader.modules.get('@web/webclient/clickbot/clickbot_loader').startClickEverywhere(app)"


class Walk:
    """One person's way through the suite's applications, one after the other."""

    def __init__(self, login, page):
        self.login, self.page = login, page
        self.said = []  # what the page's console says
        self.limit = time.monotonic() + SECONDS
        page.on("console", lambda line: self.said.append(line.text))
        self.apps = page.evaluate(OUR_APPS)
        self.begun = 0
        self._begin_next()

    def _begin_next(self):
        self.page.evaluate(WALK, self.apps[self.begun])
        self.begun += 1

    def over(self):
        """Whether nothing is left to walk, or the walk went wrong."""
        if self.wrong():
            return True
        if self.said.count(DONE) < self.begun:
            return False
        if self.begun == len(self.apps):
            return True
        self._begin_next()
        return False

    def wrong(self):
        """What went wrong, as lines of the console."""
        if any(line.startswith(BROKEN) for line in self.said) or time.monotonic() > self.limit:
            return self.said[-20:]
        # A walk that met no menu would have succeeded at once.
        if self.said.count(DONE) == len(self.apps) and sum("Testing menu" in line for line in self.said) < 2:
            return ["no menu was met", *self.said]
        return []


def test_every_menu_view_and_filter_opens(page_of):
    waiting, walks, wrong = one_of_each_role(), [], {}
    assert waiting
    while waiting or walks:
        while waiting and len(walks) < AT_ONCE:
            login = waiting.pop(0)
            walks.append(Walk(login, page_of(login)))
        walks[0].page.wait_for_timeout(250)
        for walk in [walk for walk in walks if walk.over()]:
            walks.remove(walk)
            if walk.wrong():
                wrong[walk.login] = walk.wrong()
            walk.page.close()  # with its process: fifteen people one after another are many
    assert not wrong, wrong
