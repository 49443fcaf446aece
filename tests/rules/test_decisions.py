"""Every decision has a number, and the index names each."""

import re
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "decisions"
PAGES = sorted(path for path in FOLDER.glob("*.md") if path.name != "README.md")
INDEX = (FOLDER / "README.md").read_text(encoding="utf-8")


def test_pages_are_numbered_without_gaps_and_say_their_number():
    for number, page in enumerate(PAGES, start=1):
        assert page.name.startswith(f"{number:04d}-"), f"{page.name} should be number {number}"
        assert page.read_text(encoding="utf-8").startswith(f"# {number}. "), f"{page.name}: the heading's number"


def test_the_index_names_each_page_once_in_order():
    rows = re.findall(r"^\| (\d+) \| \[[^]]+\]\(([\w-]+\.md)\) \|", INDEX, re.M)
    assert [(f"{int(number):04d}", name) for number, name in rows] == [(page.name[:4], page.name) for page in PAGES]
