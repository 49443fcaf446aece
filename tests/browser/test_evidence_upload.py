"""Evidence from a phone whose connection comes and goes: nothing is lost, and nothing arrives twice.

Errors in the console are what a cut connection makes, so these pages are not held to a silent one.
"""

import base64
import io

import pytest
from PIL import Image
from playwright.sync_api import expect

from tests.browser.journeys import PHONE
from tests.browser.screens import problems, settled

WORKER = "ph.beicheng"
UPLOAD = "**/web/dataset/call_kw/bphs.rectification.evidence/upload"


def photo(width=2400, height=1800):
    """A photo as heavy as a phone's: noise does not compress."""
    stream = io.BytesIO()
    Image.effect_noise((width, height), 60).convert("RGB").save(stream, "JPEG", quality=90)
    return {"name": "IMG_0001.jpg", "mimeType": "image/jpeg", "buffer": stream.getvalue()}


class Phone:
    """A phone at the evidence of the person's first task that is being worked on."""

    def __init__(self, context):
        self.context = context
        # Of the worker's own: those of the clinics are seen as well, and proved by their doctors.
        own = [["state", "=", "in_progress"], ["responsible_id.login", "=", WORKER]]
        found = self.call("bphs.rectification", "search", [own], {"limit": 1})
        self.task = found[0]
        self.before = self.arrived()
        self.new_page()

    def call(self, model, method, args, kwargs=None):
        params = {"model": model, "method": method, "args": args, "kwargs": kwargs or {}}
        answer = self.context.request.post(
            f"/web/dataset/call_kw/{model}/{method}", data={"jsonrpc": "2.0", "params": params}
        )
        return answer.json()["result"]

    def arrived(self):
        """How many pieces of evidence of the task the server holds."""
        return self.call("bphs.rectification.evidence", "search_count", [[["rectification_id", "=", self.task]]])

    def new_page(self):
        self.page = self.context.new_page()
        self.page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
        self.open()

    def open(self):
        self.page.goto(f"/odoo/bphs.rectification/{self.task}")
        self.page.locator("a.nav-link[name=evidence]").click()
        expect(self.page.locator(".o_bphs_evidence")).to_be_visible()

    def shoot(self, picture):
        camera = self.page.locator(".o_bphs_evidence_camera")
        assert camera.get_attribute("capture") == "environment"
        camera.set_input_files(picture)

    def items(self, state):
        return self.page.locator(f".o_bphs_evidence_item[data-state={state}]")


@pytest.fixture
def phone(context_of):
    phone = Phone(context_of(WORKER))
    yield phone
    phone.page.close()


def test_a_photo_is_made_smaller_and_arrives(phone):
    phone.shoot(photo())
    expect(phone.items("done")).to_have_count(1)
    assert phone.arrived() == phone.before + 1
    settled(phone.page)
    assert problems(phone.page, names=["IMG_0001.jpg"], wide=False) == []
    newest = phone.call(
        "bphs.rectification.evidence",
        "search_read",
        [[["rectification_id", "=", phone.task]], ["name", "kind", "attachment", "taken_on"]],
        {"order": "id desc", "limit": 1},
    )[0]
    stored = Image.open(io.BytesIO(base64.b64decode(newest["attachment"])))
    assert (stored.format, max(stored.size)) == ("JPEG", 1600)
    assert (newest["kind"], newest["name"]) == ("photo", "IMG_0001.jpg")
    assert newest["taken_on"]


def test_without_connection_it_waits_and_then_goes_by_itself(phone):
    phone.context.set_offline(True)
    phone.shoot(photo())
    expect(phone.items("waiting")).to_have_count(1)
    expect(phone.page.locator(".o_bphs_evidence .alert")).to_contain_text("网络已断开")
    phone.context.set_offline(False)
    expect(phone.items("done")).to_have_count(1)
    expect(phone.page.locator(".o_bphs_evidence .alert")).to_have_count(0)
    assert phone.arrived() == phone.before + 1


def test_an_answer_that_is_lost_makes_no_second_record(phone):
    cut = []

    def lose_the_answer(route):
        if cut:
            return route.continue_()
        cut.append(route.fetch())  # the server has it, the phone never hears
        route.abort()

    phone.page.route(UPLOAD, lose_the_answer)
    phone.shoot(photo(800, 600))
    expect(phone.items("done")).to_have_count(1)
    assert cut and phone.arrived() == phone.before + 1


def test_a_page_that_was_closed_loses_nothing(phone):
    phone.page.route(UPLOAD, lambda route: route.abort())
    phone.shoot(photo(800, 600))
    expect(phone.items("waiting")).to_have_count(1)
    phone.page.close()
    phone.new_page()
    expect(phone.items("done")).to_have_count(1)
    assert phone.arrived() == phone.before + 1


def test_what_the_server_refuses_says_why_and_can_be_taken_away(phone):
    phone.page.locator(".o_bphs_evidence_files").set_input_files(
        {"name": "网页.pdf", "mimeType": "application/pdf", "buffer": b"<html><script>alert(1)</script></html>"}
    )
    expect(phone.items("refused")).to_contain_text("PDF")
    phone.items("refused").locator("button[title]").click()
    expect(phone.items("refused")).to_have_count(0)
    phone.open()
    expect(phone.page.locator(".o_bphs_evidence_item")).to_have_count(0)
    assert phone.arrived() == phone.before


def test_h20_what_is_refused_is_said_in_chinese(phone):
    files = [
        ("IMG_0002.heic", "image/heic", b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00"),
        ("补录.exe", "application/x-msdownload", b"MZ\x90\x00"),
        ("空白.pdf", "application/pdf", b""),
    ]
    phone.page.locator(".o_bphs_evidence_files").set_input_files(
        [{"name": name, "mimeType": kind, "buffer": content} for name, kind, content in files]
    )
    refused = phone.items("refused")
    expect(refused).to_have_count(3)
    for words, name in (("照片应为", "heic"), ("照片应为", "exe"), ("请先选择", "空白")):
        expect(refused.filter(has_text=name)).to_contain_text(words)
    names = ["IMG_0001.jpg", "WebP", *(name for name, *_rest in files)]
    assert problems(phone.page, names=names, wide=False) == []
    whole = "(nodes) => nodes.every((node) => node.scrollWidth <= node.clientWidth + 1)"
    assert refused.locator(".badge").evaluate_all(whole), "a badge is cut"
    for _file in files:
        refused.first.locator("button[title]").click()
    expect(refused).to_have_count(0)


def test_a_problem_takes_photos_too(page_of):
    """The clerk photographs what is wrong on the spot: a new problem is kept first, its photos stand small below."""
    page = page_of("clerk", 390, 844)
    page.goto("/odoo/action-bphs_rectification.bphs_problem_action/new")
    page.locator("div[name=name] input, div[name=name] textarea").first.fill("宣传栏内容陈旧")
    page.locator("div[name=type_id] input").first.click()
    page.locator(".modal .o_kanban_record:not(.o_kanban_ghost), .modal .o_data_row").filter(has_text="知晓率").click()
    expect(page.locator(".modal")).to_have_count(0)
    page.locator("a.nav-link[name=evidence]").click()
    page.locator(".o_bphs_evidence_camera").set_input_files(photo())
    expect(page.locator(".o_bphs_evidence_item[data-state=done]")).to_have_count(1)
    expect(page.locator(".o_bphs_evidence_picture img")).to_have_count(1)
    settled(page)
    assert problems(page, names=["IMG_0001.jpg"], wide=False) == []
