"""The user guide says what the screen says: every word it quotes in 「」 is one of the suite's own."""

import re
from pathlib import Path

import polib
import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted((ROOT / "docs" / "guide").glob("*.md"))


def screen_words():
    words = set()
    for catalogue in ROOT.glob("addons/*/i18n/zh_CN.po"):
        words |= {re.sub(r"<[^>]+>", "", entry.msgstr).strip() for entry in polib.pofile(str(catalogue))}
    return words


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_h37_quoted_words_stand_on_the_screen(page):
    quoted = set(re.findall(r"「([^」]*)」", page.read_text(encoding="utf-8"))) - {""}
    assert quoted
    assert not quoted - screen_words()


def test_pages_link_to_each_other():
    index = (ROOT / "docs" / "guide" / "README.md").read_text(encoding="utf-8")
    for page in PAGES:
        for target in re.findall(r"\]\(([\w.-]+\.md|\.\./[\w.-]+\.md)\)", page.read_text(encoding="utf-8")):
            assert (page.parent / target).exists(), f"{page.name}: {target}"
        assert page.name == "README.md" or f"({page.name})" in index
