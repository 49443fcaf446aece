import os
import re

import pytest
from playwright.sync_api import expect, sync_playwright

from tests.browser.journeys import Person
from tests.browser.screens import COUNT_REQUESTS, PICTURES
from tests.live_server import LiveServer

expect.set_options(timeout=20_000)


@pytest.fixture(scope="session")
def server():
    """One process with threads: pages and their websocket on one port, as behind a web server."""
    with LiveServer(os.environ["JICENG_DATABASE"], workers=0) as running:
        yield running


@pytest.fixture(scope="session")
def chromium():
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium",
            # Drawn by the processor either way: without a graphics card's emulation in between it takes less of it.
            args=["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", "--disable-software-rasterizer"],
        )
        yield browser
        browser.close()


@pytest.fixture
def page_of(server, chromium, request):
    """`page_of(login)` signs a person in and gives their page; `page_of()`, the sign-in page.

    What the page's console calls an error fails the test; each page is photographed at its end.
    """
    opened = []

    def open_page(login=None, width=1366, height=768):
        context = chromium.new_context(
            base_url=server.base_url, locale="zh-CN", timezone_id="Asia/Shanghai",
            viewport={"width": width, "height": height},
        )  # fmt: skip
        context.add_init_script(COUNT_REQUESTS)
        page = context.new_page()
        errors = []
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("console", lambda line: line.type == "error" and errors.append(line.text))
        opened.append((context, page, errors))
        page.goto("/web/login")
        if login:
            page.locator("input[name=login]").fill(login)
            page.locator("input[name=password]").fill(server.password)
            page.locator("form.oe_login_form button[type=submit]").click()
            page.wait_for_url(re.compile("/odoo"))
            expect(page.locator(".o_main_navbar")).to_be_visible()
        return page

    yield open_page
    PICTURES.mkdir(parents=True, exist_ok=True)
    name = re.sub(r"[^\w.-]+", "_", request.node.name)
    problems = []
    for number, (context, page, errors) in enumerate(opened):
        if not page.is_closed():
            page.screenshot(path=PICTURES / f"{name}-{number}.png")
        context.close()
        problems += errors
    assert not problems, problems


@pytest.fixture
def person(page_of):
    known = {}

    def of(login, size=(1366, 768)):
        if (login, size) not in known:
            known[login, size] = Person(page_of(login, *size))
        return known[login, size]

    return of
