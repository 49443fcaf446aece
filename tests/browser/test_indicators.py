"""The board of indicators: what a leader looks at, and what the section takes out for the bulletin."""

import re

from playwright.sync_api import expect

from tests.browser.screens import settled

BOARD = "/odoo/indicator-board"


def open_board(page):
    page.goto(BOARD)
    expect(page.locator(".o_indicator_board canvas")).to_have_count(2)
    settled(page)


def test_another_indicator_is_chosen_and_its_figures_open(page_of):
    page = page_of("primarycare")
    open_board(page)
    row = page.locator(".o_heat tbody tr").nth(3)
    name = row.locator(".o_heat_name").inner_text()
    row.locator(".o_heat_name a").click()
    expect(page.locator("tr.o_chosen .o_heat_name")).to_have_text(name)
    expect(page.locator(".o_indicator_board canvas").first).to_have_attribute("aria-label", _begins(name))
    row.locator("td:not(.o_heat_name) a").first.click()
    expect(page.locator(".o_form_view")).to_be_visible()


def test_charts_and_table_are_taken_out(page_of):
    page = page_of("primarycare")
    open_board(page)
    for file, begins in (("I3.png", b"\x89PNG"), ("I4.pdf", b"%PDF"), ("I5.xlsx", b"PK")):
        with page.expect_download() as download:
            page.locator(f".o_indicator_take_out [data-file='{file}']").click()
        with open(download.value.path(), "rb") as content:
            assert content.read(4).startswith(begins), file


def _begins(text):
    return re.compile(f"^{re.escape(text)}")
