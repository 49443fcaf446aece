"""The board: a village is dragged to another team, a dialog asks from when, and the same goes without a mouse."""

import re

from playwright.sync_api import expect

from tests.browser.people import ask
from tests.browser.screens import settled

DIRECTOR = "director.beicheng"
BOARD = "/odoo/team-board"
HELD = """
    SELECT held.team_id FROM bphs_team_village held JOIN bphs_division village ON village.id = held.division_id
     WHERE village.name = '{name}' AND held.date_to IS NULL AND held.date_from <= current_date + 1
"""


def open_board(page):
    page.goto(BOARD)
    expect(page.locator(".o_bphs_team_column").first).to_be_visible()
    page.get_by_role("button", name="村（居）", exact=True).click()
    settled(page)


def column(page, at):
    return page.locator(".o_bphs_team_column:not([data-team='0'])").nth(at)


def drag(page, card, target):
    """As a hand does it: press, move in steps, let go."""
    start, end = card.bounding_box(), target.locator("header").bounding_box()
    page.mouse.move(start["x"] + 60, start["y"] + start["height"] / 2)
    page.mouse.down()
    page.mouse.move(start["x"] + 90, start["y"] + start["height"] / 2 + 5, steps=5)
    page.mouse.move(end["x"] + 100, end["y"] + end["height"] + 30, steps=15)
    page.mouse.up()


def test_a_village_is_dragged_to_another_team(page_of):
    page = page_of(DIRECTOR)
    open_board(page)
    card = column(page, 0).locator(".o_bphs_team_card[data-kind=village]").first
    name, taker = card.get_attribute("data-name"), column(page, 1)
    drag(page, card, taker)
    dialog = page.locator(".modal")
    expect(dialog.locator(".modal-title")).to_have_text(re.compile(name))
    # Nothing is written by the drop alone.
    team = taker.get_attribute("data-team")
    assert ask(HELD.format(name=name)) != [team]
    expect(dialog.locator("[name=team_id] input")).to_have_value(taker.get_attribute("data-name"))
    dialog.locator("button[name=action_confirm]").click()
    expect(dialog).to_have_count(0)
    expect(taker.locator(f".o_bphs_team_card[data-name='{name}']")).to_be_visible()
    assert ask(HELD.format(name=name)) == [team]


def test_the_same_by_keys_and_back(page_of):
    page = page_of(DIRECTOR)
    open_board(page)
    card = column(page, 1).locator(".o_bphs_team_card[data-kind=village]").first
    name, taker = card.get_attribute("data-name"), column(page, 0).get_attribute("data-name")
    card.locator(".o_bphs_team_move").focus()
    page.keyboard.press("Enter")
    dialog = page.locator(".modal")
    dialog.locator("[name=team_id] input").fill(taker)
    page.locator(".o-autocomplete--dropdown-item").filter(has_text=taker).first.click()
    dialog.locator("button[name=action_confirm]").focus()
    page.keyboard.press("Enter")
    expect(dialog).to_have_count(0)
    expect(column(page, 0).locator(f".o_bphs_team_card[data-name='{name}']")).to_be_visible()


def test_on_a_phone_cards_are_a_list_with_a_button_each(page_of):
    page = page_of(DIRECTOR, 390, 844)
    open_board(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    card = column(page, 0).locator(".o_bphs_team_card[data-kind=village]").first
    card.get_by_text("调整到").click()
    dialog = page.locator(".modal, .o_dialog").last
    expect(dialog.locator("button[name=action_confirm]")).to_be_visible()
    dialog.locator(".btn-secondary, .oi-arrow-left").first.click()
    expect(card).to_be_visible()
