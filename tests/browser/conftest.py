import os
import re
import shutil

import pytest
from playwright.sync_api import expect, sync_playwright

from tests.browser.journeys import Person
from tests.browser.people import sign_in
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
            executable_path=shutil.which("chromium-headless-shell") or "/usr/bin/chromium",
            # Drawn by the processor either way: without a graphics card's emulation in between it takes less of it.
            args=["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", "--disable-software-rasterizer"],
        )
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def context_of(server, chromium):
    """`context_of(login)`: where that person is signed in. One for the whole run: the client's scripts load once."""
    known = {}

    def of(login):
        if login not in known:
            known[login] = new_context(chromium, server)
            assert sign_in(known[login], login, server.password), login
        return known[login]

    yield of
    for context in known.values():
        context.close()


def new_context(chromium, server):
    context = chromium.new_context(base_url=server.base_url, locale="zh-CN", timezone_id="Asia/Shanghai")
    context.add_init_script(COUNT_REQUESTS)
    return context


@pytest.fixture
def page_of(server, chromium, context_of, request):
    """`page_of(login)`: the first page of a person who is signed in; `page_of()`: the sign-in page, to nobody yet.

    What the page's console calls an error fails the test; each page is photographed at its end.
    """
    opened, strangers = [], []

    def open_page(login=None, width=1366, height=768):
        if login:
            context = context_of(login)
        else:
            context = new_context(chromium, server)
            strangers.append(context)
        page = context.new_page()
        page.set_viewport_size({"width": width, "height": height})
        errors = []
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("console", lambda line: line.type == "error" and errors.append(line.text))
        opened.append((page, errors))
        page.goto("/odoo" if login else "/web/login")
        if login:
            expect(page.locator(".o_main_navbar")).to_be_visible()
        return page

    yield open_page
    PICTURES.mkdir(parents=True, exist_ok=True)
    name = re.sub(r"[^\w.-]+", "_", request.node.name)
    problems = []
    for number, (page, errors) in enumerate(opened):
        if not page.is_closed():
            page.screenshot(path=PICTURES / f"{name}-{number}.png")
            page.close()
        problems += errors
    for context in strangers:
        context.close()
    assert not problems, problems


@pytest.fixture
def person(page_of):
    known = {}

    def of(login, size=(1366, 768)):
        if (login, size) not in known:
            known[login, size] = Person(page_of(login, *size))
        return known[login, size]

    return of
