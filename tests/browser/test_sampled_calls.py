"""Contracts drawn to ask people by telephone whether they know of theirs: drawn at the desk, called on the phone."""

from playwright.sync_api import expect

from tests.browser.journeys import MENU, PHONE, Person, draw_sample, new
from tests.browser.screens import PICTURES, pictured, settled

OFFICER = "ph.beicheng"
FOLDER = PICTURES / "sampled-calls"
DESK = (1366, 768)
DRAWN = """
    SELECT l.outcome, l.tries, c.confirmed, c.confirmed_way
      FROM bphs_contract_sample_line l JOIN bphs_contract c ON c.id = l.contract_id
     WHERE l.sample_id = (SELECT max(id) FROM bphs_contract_sample) ORDER BY l.place
"""


def look(page, name, size):
    pictured(page, FOLDER / f"{name}-{'desk' if size == DESK else 'phone'}.png", wide=size == DESK)


def test_contracts_are_drawn_and_people_called(page_of, rows):
    page = page_of(OFFICER, *DESK)
    person = Person(page)
    page.evaluate(MENU, "bphs_team.menu_contract_samples")
    look(page, "samples", DESK)
    new(page, "bphs_team.menu_contract_samples")
    draw_sample(page, rows, OFFICER, 3)
    look(page, "sample", DESK)
    assert len(rows(DRAWN)) == 3
    # Called from the cards of the phone, and what is said is the contract's.
    page.set_viewport_size(dict(zip(("width", "height"), PHONE, strict=True)))
    page.reload()
    look(page, "sample", PHONE)
    person.press("action_calls")
    settled(page)
    cards = page.locator(".o_kanban_record:not(.o_kanban_ghost)")
    expect(cards).to_have_count(3)
    look(page, "calls", PHONE)
    cards.nth(0).locator("button[name=action_knows]").click()
    settled(page)
    expect(cards.nth(0)).to_contain_text("本人确认")
    cards.nth(1).locator("button[name=action_unreached]").click()
    settled(page)
    expect(cards.nth(1)).to_contain_text("未接通")
    cards.nth(2).locator("button[name=action_ask_unaware]").click()
    page.locator(".modal textarea, .modal input[type=text]").first.fill("本人称从未签过")
    page.locator(".modal button[name=action_confirm]").click()
    settled(page)
    expect(cards.nth(2)).to_contain_text("不知情")
    look(page, "called", PHONE)
    first, second, third = rows(DRAWN)
    assert first == ("knows", 1, "yes", "call")
    assert second[:2] == ("unreached", 1)
    assert third == ("unaware", 1, "no", "call")
