"""The entry of a follow-up on a phone, as a person does it: taps, and the seconds for which the machine keeps them.

``run(env, people, residents)`` makes a small county, a village doctor, and so many people of the village who are known
with high blood pressure: visited a quarter ago, due again. In Chromium at 390×844 the doctor opens the list, and then
for each person presses "Record" on their card, enters four numbers, and presses "Done". Measured is from the press on
the card until the page has settled after "Done": all that is not the person's own reading and typing. `ratio.taps` is
the most taps of one entry over the twelve that the county asks for.
"""

import resource
import time
from datetime import timedelta

from playwright.sync_api import sync_playwright

from odoo import Command

from odoo.addons.bphs_demo.invented.filling import fill, make_county

from benches.parts.person import percentile
from tests.browser.entry import MEASURED, Thumb, enter, press_done
from tests.browser.journeys import MENU, PHONE
from tests.browser.people import sign_in
from tests.browser.screens import COUNT_REQUESTS, settled
from tests.live_server import LiveServer

PEOPLE, RESIDENTS, MOST_TAPS, WARMING = 30, 3000, 12, 2
FLAGS = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", "--disable-software-rasterizer"]
LOGIN, PASSWORD = "bench_doctor", "bench-doctor-1"


def run(env, people=PEOPLE, residents=RESIDENTS):
    """:return: the dict that `scripts/bench` prints as one JSON line"""
    make_county(env)
    fill(env, int(residents))
    _known(env, int(people) + WARMING)
    env.cr.commit()
    # Odoo keeps its own process to some gigabytes of addresses, and Chromium, begun by it, asks for more.
    resource.setrlimit(resource.RLIMIT_AS, (resource.getrlimit(resource.RLIMIT_AS)[1],) * 2)
    server = LiveServer(env.cr.dbname, workers=0)
    server.log.parent.mkdir(parents=True, exist_ok=True)
    with server, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        context = browser.new_context(base_url=server.base_url, locale="zh-CN", timezone_id="Asia/Shanghai")
        context.add_init_script(COUNT_REQUESTS)
        assert sign_in(context, LOGIN, PASSWORD), "the doctor does not get in"
        page = context.new_page()
        page.set_viewport_size(dict(zip(("width", "height"), PHONE, strict=True)))
        page.goto("/odoo")
        settled(page)
        entries = [_entry(page) for _person in range(int(people) + WARMING)][WARMING:]
        browser.close()
    taps, seconds = zip(*entries, strict=True)
    return {
        "size": {"entries": len(entries), "residents": int(residents), "taps": percentile(taps, 50)},
        "seconds": {"p50": round(percentile(seconds, 50), 2), "p90": round(percentile(seconds, 90), 2)},
        "ratio": {"taps": round(max(taps) / MOST_TAPS, 2)},
    }


def _known(env, count):
    """A doctor of the largest village, and so many more of its people whose pressure is known and who are due."""
    today = env.user._county_today()
    ((clinic, _all),) = env["bphs.resident"]._read_group(
        [("status", "=", "active")], ["institution_id"], ["__count"], order="__count desc", limit=1
    )
    doctor = env["res.users"].create(
        {
            "name": "随访医生",
            "login": LOGIN,
            "password": PASSWORD,
            "lang": "zh_CN",
            "tz": "Asia/Shanghai",
            "role_line_ids": [Command.create({"role_id": env.ref("bphs_base.role_village_doctor").id})],
            "bphs_institution_ids": [Command.set(clinic.ids)],
        }
    )
    village = clinic.village_ids[:1]
    known = env["bphs.resident"].create(
        [
            {
                "name": f"随访{number}号",
                "division_id": village.id,
                "birth_date": "1970-01-01",
                "sex": "female",
                "id_type": "none",
                "id_reason": "待办",
            }
            for number in range(count)
        ]
    )
    form = env["bphs.form.template"]._in_use("hypertension")
    for resident in known:
        resident.group_ids = [Command.create({"kind": "hypertension", "date_from": today - timedelta(days=100)})]
        visit = (
            env["bphs.visit"]
            .with_user(doctor)
            .create(
                {
                    "resident_id": resident.id,
                    "template_id": form.id,
                    "done_on": today - timedelta(days=95),
                    "systolic": 142,
                    "diastolic": 86,
                    "height": 165.0,
                    "result": "satisfied",
                    "medicine_ids": [Command.create({"name": "氨氯地平", "times_a_day": 1, "dose": 5})],
                }
            )
        )
        visit.action_complete()


def _entry(page):
    """:return: taps and seconds of one entry"""
    page.evaluate(MENU, "bphs_service.menu_due")
    settled(page)
    page.locator(".o_kanban_record:not(.o_kanban_ghost)").first.wait_for()
    card = page.locator(".o_kanban_record").filter(has=page.get_by_text("高血压", exact=True)).first
    thumb, started = Thumb(page), time.perf_counter()
    thumb.press(card.locator("button[name=action_record]"))
    enter(page, thumb, MEASURED)
    press_done(page, thumb)
    assert page.locator(".o_arrow_button_current, .o_statusbar_status").first.inner_text(), "the record is not shown"
    return thumb.taps, time.perf_counter() - started
