"""What a screen must be: Chinese, whole, and never without a word on what to do. Used by the tests of this folder."""

import re
from pathlib import Path

PICTURES = Path(__file__).resolve().parents[2] / "var" / "screenshots"

# What stays Latin in a Chinese county: file formats, figures, and what people themselves type.
FOREIGN = re.compile(
    r"""
      \b(?:xlsx|XLSX|Excel|Word|csv|CSV|PDF|PNG|JPEG|JPG|MB|KB|JSON|API|ID|URL|Odoo|SHA|BMI|COVID)\b
    | (?<![A-Za-z])(?:mmHg|mmol|μmol|kg|cm|mg|ml)(?![A-Za-z])         # units, 5mg among them
    | \b\d*[A-Z]{1,12}(?:_[A-Z]+)*[-_]?\d*\b                  # codes: S5, 2025Q3, 2025MCH, HTN_FOLLOWUP
    | \b[0-9a-f]{8,}\b                                        # fingerprints
    | \b[\w.]+@[\w.]+\b | https?://\S+ | \S+\.(?:xlsx|pdf|csv|png|jpe?g)\b
    """,
    re.VERBOSE,
)
ENGLISH = re.compile(r"[A-Za-z]{2,}")

# Fields whose text is what rules name something by.
CODES = (
    ".o_bphs_code, [name$=code], [name$=codes], [name=choices], [name=answers], [name=when_answers], [name=forms], "
    "[name=question]"
)

# The visible texts of a page, with those of a placeholder and of a tooltip's title.
TEXTS = """
(CODES) => {
    const seen = (node) => {
        const style = getComputedStyle(node);
        const box = node.getBoundingClientRect();
        return style.visibility !== "hidden" && style.display !== "none" && box.width && box.height;
    };
    const texts = new Set();
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
        const text = walker.currentNode.textContent.trim();
        const parent = walker.currentNode.parentElement;
        // What stands in KBD is what people press or type; so is a code, by which rules name forms and questions.
        const told = parent && !["SCRIPT", "STYLE", "NOSCRIPT", "KBD"].includes(parent.tagName);
        if (text && told && !parent.closest(CODES) && seen(parent)) {
            texts.add(text);
        }
    }
    for (const node of document.querySelectorAll("[placeholder], [title], [data-tooltip]")) {
        for (const name of ["placeholder", "title", "data-tooltip"]) {
            if (node.getAttribute(name) && !node.closest(CODES) && seen(node)) {
                texts.add(node.getAttribute(name));
            }
        }
    }
    return [...texts];
}
"""

# Elements that reach beyond the right edge though nothing around them scrolls sideways.
OVERFLOW = """
() => {
    const page = document.documentElement;
    if (page.scrollWidth <= page.clientWidth + 1) {
        return [];
    }
    return [...document.querySelectorAll("body *")]
        .filter((node) => node.getBoundingClientRect().right > page.clientWidth + 1)
        .slice(0, 5)
        .map((node) => `${node.tagName}.${node.className} ${Math.round(node.getBoundingClientRect().right)}`);
}
"""

# Counts what the page asks the server for and has not got yet; goes into every page before its own scripts.
COUNT_REQUESTS = """
window.requestsUnderWay = 0;
const done = () => { window.requestsUnderWay -= 1; };
const { fetch } = window;
window.fetch = (...call) => {
    window.requestsUnderWay += 1;
    return fetch(...call).finally(done);
};
const { send } = XMLHttpRequest.prototype;
XMLHttpRequest.prototype.send = function (...call) {
    window.requestsUnderWay += 1;
    this.addEventListener("loadend", done);
    return send.apply(this, call);
};
"""

# Nothing asked for, nothing left to draw, for five pictures of the screen one after another.
QUIET = """
() => {
    const drawing = [...odoo.loader.modules.get("@odoo/owl").App.apps].some((app) => app.scheduler.tasks.size);
    const busy = window.requestsUnderWay || drawing || document.querySelector(".o_blockUI");
    window.quietFrames = busy ? 0 : window.quietFrames + 1;
    return window.quietFrames > 5;
}
"""

# Column titles of a list that are cut off; `...` tells nobody what stands below.
CLIPPED = """
() => [...document.querySelectorAll(".o_list_table thead th .text-truncate, .o_list_table thead th span")]
    .filter((node) => node.scrollWidth > node.clientWidth + 1 && node.clientWidth > 0 && node.textContent.trim())
    .map((node) => node.textContent.trim())
"""


# What the forms of the specification write in Latin letters themselves.
TERMS = ("mMRC", "CT", "DR", "HIV")


def english(texts, names=()):
    """Those of `texts` that hold English; `names` are words people gave (logins, databases)."""
    found = []
    for text in texts:
        rest = text
        for name in names:
            rest = rest.replace(name, "")
        if ENGLISH.search(FOREIGN.sub("", rest)):
            found.append(text[:120])
    return found


def settled(page):
    """Wait until the page has stopped loading and drawing."""
    page.evaluate("window.quietFrames = 0")
    page.wait_for_function(QUIET)


def problems(page, names=(), wide=True):
    """What is wrong with the screen the page shows, as lines."""
    found = [f"English: {text}" for text in english(page.evaluate(TEXTS, CODES), names)]
    found += [f"wider than the page: {element}" for element in page.evaluate(OVERFLOW)]
    if wide:
        found += [f"a cut column title: {title}" for title in page.evaluate(CLIPPED)]
    if page.locator(".o_error_dialog, .modal .o_dialog_error, .o_notification .bg-danger").count():
        found.append("an error: " + page.locator(".o_error_dialog, .modal, .o_notification").first.inner_text()[:300])
    bare = page.locator(".o_kanban_record:not(.o_kanban_ghost)").filter(has_text=re.compile(r"^\s*\d+\s*$")).count()
    if bare:
        found.append(f"{bare} cards that show a bare number")
    told = ":has(.o_kanban_record:not(.o_kanban_ghost), .o_bphs_no_cards)"
    if page.locator(f".o_field_x2many_kanban:not({told}):visible").count():
        found.append("a table on a form without a card or a word")
    whole = page.locator(".o_list_view, .o_kanban_view").count() and not page.locator(".o_form_view").count()
    empty = (
        whole
        and not page.locator(
            ".o_data_row, .o_kanban_record:not(.o_kanban_ghost), .o_group_header, .o_kanban_group"
        ).count()
    )
    if empty and not page.locator(".o_view_nocontent p, .o_nocontent_help p").count():
        found.append("an empty screen without a word")
    return found


def pictured(page, path, names=(), wide=True):
    """Take a picture of the page once it is still. Nothing on it may be wrong but a title that is cut."""
    settled(page)
    path.parent.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=path)
    wrong = [line for line in problems(page, names, wide) if not line.startswith("a cut")]
    assert not wrong, wrong
