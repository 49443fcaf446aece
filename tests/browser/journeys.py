"""People of the demo county at their screens: what the journeys of this folder are told with."""

from playwright.sync_api import expect

from tests.browser.screens import PICTURES, pictured, settled

PHONE = (390, 844)
FOLDER = PICTURES / "journey"
MENU = """
(xmlid) => {
    const service = odoo.__WOWL_DEBUG__.root.env.services.menu;
    return service.selectMenu(service.getAll().find((menu) => menu.xmlid === xmlid));
}
"""


def box_of(widget):
    """Where this field is typed, once it is drawn; a date turns into a box when it is pressed."""
    expect(widget.locator("input, textarea, button").first).to_be_attached()
    box = widget.locator("input, textarea").first
    if not box.count():
        widget.locator("button").first.click()
    return box


class Person:
    """One person at one screen; every step is photographed, and looked at as any other screen."""

    steps = 0

    def __init__(self, page):
        self.page = page

    def go(self, menu):
        self.page.evaluate(MENU, menu)
        self.page.wait_for_selector(".o_action_manager .o_view_controller")
        settled(self.page)

    def search(self, text):
        """What one types into the search above a list longer than a page."""
        box = self.page.locator(".o_searchview_input")
        box.fill(text)
        box.press("Enter")
        settled(self.page)

    def open(self, *texts):
        """Open the line or card that holds all these texts."""
        row = self.page.locator(".o_data_row, .o_kanban_record:not(.o_kanban_ghost)")
        for text in texts:
            row = row.filter(has_text=text)
        self.page.mouse.move(0, 0)
        target = row.first.locator("td.o_data_cell").first
        (target if target.count() else row.first).click()
        self.page.wait_for_selector(".o_form_view")
        self.look()

    def bank_has_paid(self, voucher, *texts):
        """Record of the approved batch that holds these texts that the bank has paid it, under this voucher."""
        self.go("bphs_fund.menu_fund_payment")
        self.open(*texts, "已通过")
        self.press("action_open_result", yes=False)
        self.fill("voucher", voucher)
        self.page.locator(".modal button[name=action_save]").click()
        expect(self.page.locator(".modal")).to_have_count(0)
        self.look()

    def press(self, button, yes=True):
        """Press the button with this technical name, and say yes where that is asked."""
        self.page.mouse.move(0, 0)  # a tooltip left open would lie over the button
        settled(self.page)
        place = self.page.locator(f"button[name={button}]:visible").first
        if not place.count():
            self.page.locator(".o_statusbar_buttons .o-dropdown").click()
            place = self.page.locator(f".o-dropdown--menu button[name={button}]")
        place.click()
        self.page.wait_for_timeout(300)
        confirm = self.page.locator(".modal.d-block:not(:has(.o_form_view)) .modal-footer .btn-primary")
        if yes and confirm.count():
            confirm.first.click()
        settled(self.page)
        self.look()

    def fill(self, field, value):
        self.page.mouse.move(0, 0)
        box = box_of(self.page.locator(f".o_field_widget[name={field}]"))
        box.fill(value)
        box.press("Tab")

    def choose(self, field, text):
        self.page.mouse.move(0, 0)
        settled(self.page)  # what the field before brought about would close the list
        self.page.locator(f".o_field_widget[name={field}] input").first.fill(text)
        self.page.locator(".o-autocomplete--dropdown-item, .o_select_menu_item").filter(has_text=text).first.click()

    def saved(self, *words):
        """What the print button with these words downloads, as bytes."""
        button = self.page.locator("button[name=action_print]:visible")
        for word in words:
            button = button.filter(has_text=word)
        with self.page.expect_download() as waiting:
            button.first.click()
        return waiting.value.path().read_bytes()

    def has_waiting(self, *texts):
        self.go("bphs_approval.menu_waiting")
        row = self.page.locator(".o_data_row")
        for text in texts:
            row = row.filter(has_text=text)
        return row.count()

    def look(self):
        Person.steps += 1
        wide = self.page.viewport_size["width"] > 1000
        pictured(self.page, FOLDER / f"{Person.steps:02}.png", wide=wide)

    # --- what people do ---------------------------------------------------------------------------
    def approve(self, *texts, **fields):
        """Open what waits on one's own list and approve it."""
        self.go("bphs_approval.menu_waiting")
        self.look()
        self.open(*texts)
        self.press("action_open_approve", yes=False)
        for field, value in fields.items():
            if field == "external_scan":
                self.page.locator(".o_field_widget[name=external_scan] input[type=file]").set_input_files(value)
            else:
                self.fill(field, value)
        self.page.locator(".modal button[name=action_decide]:visible").click()
        expect(self.page.locator(".modal")).to_have_count(0)
        self.look()


def new(page, menu):
    """Open an empty form of what this menu lists."""
    page.evaluate(MENU, menu)
    settled(page)
    page.locator(".o_list_button_add:visible, .o-kanban-button-new:visible").first.click()
    settled(page)
    expect(page.locator(".o_form_view")).to_be_visible()


def draw_sample(page, rows, officer, size):
    """Fill in the empty form of a sample, of the hospital of this officer, and draw so many."""
    person = Person(page)
    ((hospital,),) = rows(
        "SELECT i.name FROM bphs_institution i JOIN bphs_institution_user_rel s ON s.institution_id = i.id"
        " JOIN res_users u ON u.id = s.user_id WHERE u.login = %s",
        officer,
    )
    person.choose("institution_id", hospital)
    person.fill("date_from", "2024-01-01")
    person.fill("size", str(size))
    person.press("action_draw")
    settled(page)
