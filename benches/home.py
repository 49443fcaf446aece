"""The first page of each role through the web server: one person at a time, then twenty at once.

``run(env, residents)`` fills 460 clinics × 3 years, 20,000 tasks and as many residents as a county has, and starts the
server with two workers, as `scripts/run` does. Each request is what the browser asks when the page opens, which a page
made in the last minutes answers where nothing changed; `anew` is the same page counted afresh each time, as after every
change. `ratio.project` compares the slowest role's page with opening the overview of 460 projects with 20,000 tasks in
stock Odoo, in the same database and the same run; `ratio.project_together` does with twenty at once.
"""

import threading
import time
from collections import defaultdict
from itertools import cycle, islice

from odoo import api
from odoo.tools import config

from odoo.addons.bphs_demo.invented.filling import fill, make_county

from benches.parts.bureau import CLINICS, PASSWORD, TASKS, YEARS, Bureau, Projects
from benches.parts.person import Person, p95, repeated
from tests.live_server import LiveServer

RESIDENTS, PROJECTS, EACH, PEOPLE, SECONDS_TOGETHER = 310_869, 460, 20, 20, 20
PROJECT = "project"


def run(env, residents=RESIDENTS):
    """:return: the dict that `scripts/bench` prints as one JSON line"""
    env = _with_project(env)
    seat = make_county(env, CLINICS)
    fill(env, int(residents))
    bureau = Bureau(env, seat)
    bureau.fill()
    Projects(env, PROJECTS, TASKS)
    env.cr.commit()
    # VACUUM does not run in a transaction; what is asked is a county at rest, not one just filled.
    env.cr._cnx.autocommit = True
    env.cr.execute("VACUUM ANALYZE")
    env.cr._cnx.autocommit = False
    server = LiveServer(env.cr.dbname)
    server.log.parent.mkdir(parents=True, exist_ok=True)
    with server:
        people = {role: _Person(server, f"bench_{role}") for role in bureau.people}
        manager = _Person(server, "bench_project")
        alone = {role: p95(repeated(person.home, EACH)) for role, person in people.items()}
        anew = {role: p95(repeated(person.home_anew, EACH)) for role, person in people.items()}
        project = p95(repeated(manager.projects, EACH))
        together = _together(server, list(bureau.people), "home")
        together_anew = _together(server, list(bureau.people), "home_anew")
        projects_together = _together(server, [PROJECT], "projects")[PROJECT]
    return {
        "size": {
            "clinics": len(bureau.clinics),
            "years": len(YEARS),
            "tasks": TASKS,
            "residents": int(residents),
            "projects": PROJECTS,
            "people": PEOPLE,
        },
        "p95_ms": {
            **alone,
            "project": project,
            **{f"anew_{role}": value for role, value in anew.items()},
            **{f"together_{role}": value for role, value in together.items()},
            **{f"together_anew_{role}": value for role, value in together_anew.items()},
            "together_project": projects_together,
        },
        "ratio": {
            "project": round(max(alone.values()) / project, 3),
            "project_anew": round(max(anew.values()) / project, 3),
            "project_together": round(max(together.values()) / projects_together, 3),
            "project_together_anew": round(max(together_anew.values()) / projects_together, 3),
        },
    }


def _with_project(env):
    module = env["ir.module.module"].search([("name", "=", "project")])
    if module.state != "installed":
        config["skip_auto_install"] = True  # project alone: what hangs on it is not measured
        module.button_immediate_install()
        env.transaction.reset()
    return api.Environment(env.cr, env.uid, {"tracking_disable": True, "no_reset_password": True})


class _Person(Person):
    def __init__(self, server, login):
        super().__init__(server, login, PASSWORD)
        self.specification = None

    def home(self):
        assert self.call("bphs.home", "load", kept=True)["person"]

    def home_anew(self):
        assert self.call("bphs.home", "load")["person"]

    def projects(self):
        """Open the overview as the web client does: its own fields, grouped as it groups."""
        if self.specification is None:
            views = self.call("project.project", "get_views", [[False, "kanban"]])
            fields = views["models"]["project.project"]["fields"]
            arch = views["views"]["kanban"]["arch"]
            relational = {"fields": {"display_name": {}}}
            self.specification = {
                name: relational if "2" in field["type"] else {}
                for name, field in fields.items()
                if f'name="{name}"' in arch
            }
        found = self.call("project.project", "web_search_read", domain=[], specification=self.specification, limit=80)
        assert found["records"]


def _together(server, roles, page):
    """Twenty people at once, without a pause between their requests: {role: p95 in ms}."""
    spent = defaultdict(list)
    seated = [(role, _Person(server, f"bench_{role}")) for role in islice(cycle(roles), PEOPLE)]
    # Signing in takes its own time, and is not what is measured: the clock starts when all are in.
    stop = time.monotonic() + SECONDS_TOGETHER

    def work(role, person):
        ask = getattr(person, page)
        ask()
        while time.monotonic() < stop or not spent[role]:
            started = time.perf_counter()
            ask()
            spent[role].append(time.perf_counter() - started)

    threads = [threading.Thread(target=work, args=who) for who in seated]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return {role: p95(times) for role, times in spent.items()}
