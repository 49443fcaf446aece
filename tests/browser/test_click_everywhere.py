"""Odoo's own click-everywhere test over the suite's menus, as each kind of person the demo county has.

Everybody opens each of their menus. The views and filters of a menu are walked through by the first who comes to it:
they are the same for all, and what a filter finds is asked as every role by the demo county's own tests. At night
everybody walks through all of them.
"""

import os
import time

from tests.browser.people import one_of_each_role

# A walk waits for the server and the page by turns, so several go at once.
AT_ONCE = 3
# For one person's walk, on a slow machine.
SECONDS = 900
EVERYTHING = bool(os.environ.get("JICENG_NIGHTLY"))
DONE = "clickbot test succeeded"
BROKEN = ("Error while testing", "test failed")
OPENING = "Testing menu "
OUR_APPS = """
odoo.__WOWL_DEBUG__.root.env.services.menu.getApps().map((app) => app.xmlid).filter((id) => id.startsWith("bphs_"))
"""
# The clickbot asks its state, whenever it has opened a menu, whether to leave it at that.
WALK = """
(app) => odoo.loader.modules.get("@web/webclient/clickbot/clickbot_loader").startClickEverywhere(app, false, {
    studioCount: 0, testedApps: [], testedMenus: [], testedFilters: 0, testedModals: 0,
    appIndex: 0, menuIndex: 0, subMenuIndex: 0,
    get light() {
        return this.testedMenus.length > 1 && (window.walkedByOthers || []).includes(this.testedMenus.at(-1));
    },
})
"""
TELL = "(menus) => { window.walkedByOthers = menus; }"


class Walk:
    """One person's way through the suite's applications, one after the other."""

    def __init__(self, login, page, walkers):
        self.login, self.page = login, page
        self.walkers = walkers  # menu -> who walks through all of it
        self.said = []  # what the page's console says
        self.limit = time.monotonic() + SECONDS
        page.on("console", lambda line: self._hear(line.text))
        self.apps = page.evaluate(OUR_APPS)
        self.begun = 0
        self._begin_next()

    def _hear(self, text):
        self.said.append(text)
        if text.startswith(OPENING):
            self.walkers.setdefault(text.split()[-1], self.login)

    def _begin_next(self):
        self.page.evaluate(WALK, self.apps[self.begun])
        self.begun += 1

    def over(self):
        """Whether nothing is left to walk, or the walk went wrong."""
        if self.wrong():
            return True
        if self.said.count(DONE) < self.begun:
            if not EVERYTHING:
                self.page.evaluate(TELL, [menu for menu, login in self.walkers.items() if login != self.login])
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
        if self.said.count(DONE) == len(self.apps) and sum(line.startswith(OPENING) for line in self.said) < 2:
            return ["no menu was met", *self.said]
        return []

    def filters(self):
        return sum(line.startswith("Clicking on: filter") for line in self.said)


def test_every_menu_view_and_filter_opens(page_of):
    waiting, walks, wrong, walkers, filters = one_of_each_role(), [], {}, {}, 0
    assert waiting
    while waiting or walks:
        while waiting and len(walks) < AT_ONCE:
            login = waiting.pop(0)
            walks.append(Walk(login, page_of(login), walkers))
        walks[0].page.wait_for_timeout(250)
        for walk in [walk for walk in walks if walk.over()]:
            walks.remove(walk)
            filters += walk.filters()
            if walk.wrong():
                wrong[walk.login] = walk.wrong()
            walk.page.close()  # with its process: fifteen people one after another are many
    assert not wrong, wrong
    assert filters > len(walkers), "somebody tried the filters of each menu"
