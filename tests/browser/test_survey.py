"""A survey at its people's screens: residents with a phone, the evaluators' tablet, the section officer."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import new_context
from tests.browser.journeys import PHONE
from tests.browser.screens import problems

CODES = """
survey = env["bphs.survey"].search([("state", "=", "running")], limit=1)
open_ones = survey.invitation_ids.filtered(lambda one: not one.is_answered).sorted("reference")
answer = {
    "own": [f"/wj/{one.token}" for one in open_ones[:4]],
    "open": f"/wj/{survey.unit_ids[0].open_token}",
    "number": open_ones[5].reference,
    "unit": open_ones[5].survey_unit_id.unit_id.name,
}
"""


@pytest.fixture(scope="module")
def codes(server):
    return server.shell(CODES)


@pytest.fixture
def phone(server, chromium):
    """A resident's phone: nobody is signed in, and what the browser keeps is its own."""
    context = new_context(chromium, server)
    page = context.new_page()
    page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    yield page
    context.close()


def tap(page, leave=0):
    """The first choice of every question, but for the last ones."""
    sets = page.locator("fieldset[data-question]")
    count = sets.count()
    assert count == 10
    for place in range(count - leave):
        sets.nth(place).locator("label.choice").first.click()


def test_a_resident_answers_on_the_phone(phone, codes):
    phone.goto(codes["own"][0])
    assert problems(phone, wide=False) == []
    # Letters and targets for elders.
    choice = phone.locator("label.choice").first
    assert choice.bounding_box()["height"] >= 56
    assert float(choice.evaluate("node => parseFloat(getComputedStyle(node).fontSize)")) >= 20
    tap(phone, leave=1)
    phone.get_by_role("button", name="交上去").click()
    expect(phone.locator("fieldset.missing")).to_have_count(1)
    # What was tapped is there when the page was closed meanwhile.
    phone.reload()
    expect(phone.locator("label.choice.on")).to_have_count(9)
    phone.locator("fieldset[data-question]").last.locator("label.choice").first.click()
    phone.get_by_role("button", name="交上去").click()
    expect(phone.locator("#wj_thanks")).to_be_visible()
    phone.reload()
    expect(phone.get_by_text("您已经答过了")).to_be_visible()


def test_without_a_net_nothing_is_lost_and_nothing_counts_twice(phone, codes, server):
    phone.goto(codes["own"][1])
    tap(phone)
    phone.context.set_offline(True)
    phone.get_by_role("button", name="交上去").click()
    expect(phone.locator("#wj_waiting")).to_be_visible()
    phone.context.set_offline(False)
    # The answer arrives, and its receipt is lost on the way back.
    phone.route("**/answer", lambda route: (route.fetch(), route.abort())[1], times=1)
    phone.evaluate("window.dispatchEvent(new Event('online'))")
    phone.wait_for_timeout(1500)
    phone.unroute_all()
    phone.evaluate("window.dispatchEvent(new Event('online'))")
    expect(phone.locator("#wj_thanks")).to_be_visible()
    expect(phone.locator("#wj_waiting")).to_be_hidden()
    token = codes["own"][1].rpartition("/")[2]
    told = server.shell(
        f"one = env['bphs.survey.invitation'].search([('token', '=', {token!r})])\n"
        "import hashlib\n"
        f"key = hashlib.sha256(f'{{one.survey_id.id}} {token}'.encode()).hexdigest()\n"
        "answer = env['bphs.survey.answer'].search_count([('person_key', '=', key)])\n"
    )
    assert told == 1


def test_somebody_does_not_want_to_answer(phone, codes):
    phone.goto(codes["own"][2])
    phone.once("dialog", lambda dialog: dialog.accept())
    phone.get_by_role("button", name="我不愿意回答").click()
    expect(phone.locator("#wj_thanks")).to_be_visible()


def test_an_evaluator_asks_on_the_tablet(person, codes):
    evaluator = person("evaluator", PHONE)
    evaluator.go("bphs_survey.menu_survey")
    evaluator.open("第四季度居民知晓率满意度调查")
    evaluator.press("action_units")
    evaluator.open(codes["unit"])
    with evaluator.page.context.expect_page() as opening:
        evaluator.press("action_open_tablet")
    tablet = opening.value
    tablet.set_viewport_size({"width": 820, "height": 1180})
    tap(tablet)
    tablet.get_by_role("button", name="交上去").click()
    expect(tablet.locator("#wj_number_missing")).to_be_visible()
    tablet.locator("#wj_reference").fill(codes["number"])
    tablet.get_by_role("button", name="交上去").click()
    expect(tablet.locator("#wj_thanks")).to_be_visible()
    tablet.get_by_role("button", name="下一位").click()
    expect(tablet.locator("label.choice.on")).to_have_count(0)
    expect(tablet.locator("#wj_reference")).to_have_value("")
    tablet.close()


def test_a_running_survey_tells_no_figure(person):
    officer = person("primarycare")
    officer.go("bphs_survey.menu_survey")
    officer.open("第四季度居民知晓率满意度调查")
    page = officer.page
    expect(page.locator(".o_field_widget[name=satisfied_rate]").first).to_contain_text("调查结束后列出")
    for name in ("satisfied", "aware", "satisfied_interval", "aware_interval"):
        expect(page.locator(f".o_form_view .o_field_widget[name={name}]")).to_have_count(0)


def test_the_section_officer_reads_the_rates(person):
    officer = person("primarycare")
    officer.go("bphs_survey.menu_survey")
    officer.open("第三季度居民知晓率满意度调查")
    page = officer.page
    expect(page.locator(".o_field_widget[name=satisfied_rate]").first).to_contain_text("89.60%")
    expect(page.locator(".o_field_widget[name=satisfied_interval]").first).to_contain_text("86.67%～91.94%")
    expect(page.locator(".o_field_widget[name=finding]")).to_contain_text("不能表述为“明显提升”")
    assert officer.saved("汇总表", "Excel").startswith(b"PK")
    officer.press("action_answers")
    officer.look()
