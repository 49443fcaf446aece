"""The entry of a follow-up of somebody known, tap by tap: the journey of the tests and of the bench of fast entry."""

from tests.browser.screens import settled

# What is measured of somebody with high blood pressure each time; all else is carried over or proposed.
MEASURED = {"systolic": 136, "diastolic": 82, "heart_rate": 72, "weight": 62}


class Thumb:
    """Counts what the thumb does: a press is a tap, a number is one however many digits it has."""

    def __init__(self, page):
        self.page, self.taps = page, 0

    def press(self, place):
        place.click()
        self.taps += 1
        settled(self.page)

    def number(self, field, value):
        box = self.page.locator(f".o_field_widget[name={field}] input")
        box.click()
        box.fill(str(value))
        self.taps += 1


def enter(page, thumb, measured):
    """Enter what was measured into the form that stands open."""
    for field, value in measured.items():
        thumb.number(field, value)
    settled(page)


def press_done(page, thumb):
    """Let the record count; on a phone the button may stand behind three dots."""
    button = page.locator("button[name=action_complete]")
    if not button.first.is_visible():
        thumb.press(
            page.locator(".o_form_statusbar button:has(.oi-ellipsis-v), .o_statusbar_buttons .o-dropdown").first
        )
    thumb.press(button.first)
