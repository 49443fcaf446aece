"""Figures typed on the phone while the server still thinks about the ones before: none is lost, none is put back."""

from contextlib import contextmanager

import pytest
from playwright.sync_api import expect

from tests.browser.journeys import PHONE
from tests.browser.screens import settled


@contextmanager
def held(page, method):
    """Hold back each call of this method of the server.

    `answer()` lets the oldest through and waits until it is drawn. A figure asks twice: its line, then the statement.
    """
    waiting = []
    page.route(f"**/{method}", lambda route: waiting.append(route))

    def called():
        for _moment in range(400):
            if waiting:
                return
            page.wait_for_timeout(50)
        raise AssertionError(f"{method} was not called")

    def answer(times=1):
        for _time in range(times):
            called()
            with page.expect_response(f"**/{method}"):
                waiting.pop(0).continue_()
        page.evaluate("() => new Promise((drawn) => setTimeout(() => requestAnimationFrame(drawn), 100))")

    answer.called = called
    yield answer
    page.unroute(f"**/{method}")
    for route in waiting:
        route.continue_()
    settled(page)


@pytest.fixture
def statement(person):
    """A village doctor's page with a statement to fill in, and its first two boxes, which are put back afterwards."""
    doctor = person("doctor.yincheng", PHONE)
    doctor.go("bphs_workload.menu_workload_pending")
    doctor.open("荫城村卫生室", "2025年第四季度")
    lines = doctor.page.locator(".o_workload_grid_line")
    boxes = [lines.nth(place).locator("input").first for place in range(2)]
    before = [box.input_value() for box in boxes]
    yield doctor.page, *boxes
    for box, text in zip(boxes, before, strict=True):
        put(box, text)
    settled(doctor.page)
    save(doctor.page)


def empty(box):
    """Delete what stands in it: where an answer is drawn meanwhile, what was marked to be deleted is marked again."""
    for _time in range(10):
        box.fill("")
        if not box.input_value():
            return
    raise AssertionError(f"{box} keeps {box.input_value()}")


def put(box, text):
    """Type it as a thumb does, and go on to the next box."""
    empty(box)
    box.press_sequentially(text)
    box.press("Tab")


def save(page):
    button = page.locator(".o_form_button_save")
    if button.is_visible():
        button.click()
        settled(page)


def test_the_answer_to_a_figure_leaves_what_is_typed_since(statement):
    page, first, second = statement
    with held(page, "onchange") as answer:
        put(first, "11")
        empty(first)
        first.press_sequentially("999")
        answer()  # to the 11: its line
        expect(first).to_have_value("999")
        answer()
        expect(first).to_have_value("999")
        first.press_sequentially("99")
        first.press("Tab")
        dialog = page.locator(".modal")
        expect(dialog).to_contain_text("99999")
        dialog.get_by_text("重新填写").click()
        expect(dialog).to_have_count(0)
        expect(first).to_have_value("11")
        put(first, "7")
        empty(second)
        second.press_sequentially("3")
        answer(2)  # to the 7, while the thumb is in another line
        expect(second).to_have_value("3")
        second.press_sequentially("1")
        second.press("Tab")
        answer(2)
    expect(first).to_have_value("7")
    expect(second).to_have_value("31")
    save(page)
    expect(first).to_have_value("7")
    expect(second).to_have_value("31")


def test_a_figure_put_back_while_its_answer_is_awaited_is_put_back(statement):
    page, first, _second = statement
    put(first, "5")
    settled(page)
    save(page)
    with held(page, "onchange") as answer:
        put(first, "11")
        put(first, "5")
        answer(2)
        expect(first).to_have_value("5")  # not the 11 for a moment
        answer(2)
    expect(first).to_have_value("5")


def test_what_is_typed_while_it_is_saved_is_kept(statement):
    page, first, second = statement
    put(first, "6")
    settled(page)
    with held(page, "web_save") as answer:
        page.locator(".o_form_button_save").click()
        answer.called()
        put(first, "8")
        empty(second)
        second.press_sequentially("4")
        answer()
        expect(second).to_have_value("4")
        second.press("Tab")
    save(page)
    expect(first).to_have_value("8")
    expect(second).to_have_value("4")


def test_what_is_wrong_is_not_saved_unseen(statement):
    page, first, second = statement
    put(second, "4")
    put(first, "3.7")
    settled(page)
    page.locator(".o_form_button_save").click()
    settled(page)
    expect(page.locator(".o_notification")).to_contain_text("项目")
    expect(first).to_have_value("3.7")
    page.locator(".o_notification_close").click()
    page.locator(".o_form_button_cancel").click()
    settled(page)
    expect(page.get_by_text("请填写不小于0的整数")).to_have_count(0)
    expect(first).not_to_have_value("3.7")
