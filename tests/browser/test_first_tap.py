"""On a phone, with a finger: the first tap on a step presses it, also when a field was typed in just before."""

from playwright.sync_api import expect

from tests.browser.journeys import PHONE
from tests.browser.people import sign_in
from tests.browser.screens import COUNT_REQUESTS, settled

DOCTOR = "doctor.beicheng"
# Two patrols of the doctor's, and somebody with high blood pressure to be visited.
MADE = """
doctor = env["res.users"].search([("login", "=", "doctor.beicheng")])
place = env["bphs.patrol.object"].create({
    "name": "北呈村幼儿园食堂（触屏）", "institution_id": doctor.bphs_institution_ids[:1].id,
    "speciality": env["bphs.patrol.object"]._fields["speciality"].get_values(env)[0],
})
patrols = env["bphs.patrol"].with_user(doctor).create(
    [{"object_id": place.id, "found_problem": True, "problem": "饮水机无消毒记录"} for _number in range(2)]
)
resident = env["bphs.resident"].search(
    [("institution_id", "in", doctor.bphs_institution_ids.ids), ("status", "=", "active"),
     ("restricted", "=", False), ("birth_date", "<", "1990-01-01")], order="id", limit=1,
)
env.cr.commit()
answer = [*patrols.ids, resident.id, env["bphs.form.template"]._in_use("hypertension").id]
"""
OPEN = """
([model, id, context]) => odoo.__WOWL_DEBUG__.root.env.services.action.doAction({
    type: "ir.actions.act_window", res_model: model, res_id: id, context, views: [[false, "form"]],
}, { clearBreadcrumbs: true })
"""
HELD = 120  # ms a finger rests on the glass


class Finger:
    def __init__(self, page):
        self.page = page
        self.glass = page.context.new_cdp_session(page)

    def open(self, model, record, context=None):
        self.page.evaluate(OPEN, [model, record, context or {}])
        settled(self.page)

    def write(self, field, text):
        """What a finger types; the field is not left."""
        self.page.locator(f".o_field_widget[name={field}]").locator("input, textarea").first.tap()
        self.page.keyboard.type(text, delay=10)

    def tap(self, place):
        """Once, and where the place is now: nothing waits, nothing is tried again."""
        box = place.bounding_box()
        point = {"x": box["x"] + box["width"] / 2, "y": box["y"] + box["height"] / 2}
        self.glass.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [point]})
        self.page.wait_for_timeout(HELD)
        self.glass.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})


def test_the_first_tap_presses(server, chromium, rows):
    done, void, resident, form = server.shell(MADE)
    width, height = PHONE
    context = chromium.new_context(
        base_url=server.base_url, locale="zh-CN", timezone_id="Asia/Shanghai",
        viewport={"width": width, "height": height}, has_touch=True, is_mobile=True,
    )  # fmt: skip
    context.add_init_script(COUNT_REQUESTS)
    assert sign_in(context, DOCTOR, server.password)
    page = context.new_page()
    page.goto("/odoo")
    expect(page.locator(".o_main_navbar")).to_be_visible()
    finger = Finger(page)

    # The step that stands in the bar.
    finger.open("bphs.patrol", done)
    finger.write("handling", "当场改正")
    finger.tap(page.locator("button[name=action_complete]"))
    expect(page.locator("button[name=action_report]")).to_be_visible()
    settled(page)
    finger.write("reported_to", "县卫生监督所")
    finger.tap(page.locator("button[name=action_report]"))
    expect(page.locator(".o_field_widget[name=outcome]")).to_be_visible()
    settled(page)

    # One behind the three dots, and the window that asks why.
    finger.open("bphs.patrol", void)
    finger.write("handling", "当场改正")
    finger.tap(page.locator(".o_statusbar_buttons .o-dropdown"))
    step = page.locator(".o-dropdown--menu button[name=action_ask_step]").first
    expect(step).to_be_visible()
    settled(page)
    step.tap(trial=True)  # nothing is tapped yet: the menu has come to rest
    finger.tap(step)
    expect(page.locator(".modal textarea")).to_be_visible()
    settled(page)
    page.locator(".modal textarea").tap()
    page.keyboard.type("重复登记", delay=10)
    finger.tap(page.locator(".modal button[name=action_confirm]"))
    expect(page.locator(".modal")).to_have_count(0)
    settled(page)
    assert rows("SELECT state, handling FROM bphs_patrol WHERE id IN (%s, %s) ORDER BY id", done, void) == [
        ("reported", "当场改正"),
        ("voided", "当场改正"),
    ]

    # A new record, with a number as the last thing typed.
    finger.open("bphs.visit", False, {"default_template_id": form, "default_resident_id": resident})
    for field, number in (("systolic", "136"), ("diastolic", "82"), ("heart_rate", "72")):
        finger.write(field, number)
    finger.tap(page.locator("button[name=action_complete]"))
    expect(page.locator("button[name=action_complete]")).to_have_count(0)
    settled(page)
    assert rows(
        "SELECT state, systolic, heart_rate FROM bphs_visit WHERE resident_id = %s ORDER BY id DESC LIMIT 1", resident
    ) == [("done", 136, 72)]
    context.close()
