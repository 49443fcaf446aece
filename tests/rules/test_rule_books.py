"""What the code cites of a rule book stands in docs/rules, and the worked example is what the rules compute."""

import json
import re
from pathlib import Path

import pytest

from odoo.addons.bphs_elderly.tools.grading.replay import replay as grade
from odoo.addons.bphs_evaluation.tools.replay import replay as score
from odoo.addons.bphs_fund.tools.replay import replay

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "docs" / "rules"
# "settlement rules, section 3", over a line's end or with the mark of a comment between the words too.
CITED = re.compile(r"\b(\w+) rules,?[\s#*]+section[\s#*]+(\d+)", re.I)
SOURCES = sorted(
    path
    for pattern in (
        "addons/**/*.py",
        "addons/**/*.xml",
        "addons/**/*.js",
        "addons/**/*.md",
        "tests/**/*.py",
        "docs/**/*.md",
    )
    for path in ROOT.glob(pattern)
)


def sections(book):
    return set(re.findall(r"^## (\d+)\. ", book.read_text(encoding="utf-8"), re.M))


def citations():
    found = {}
    for path in SOURCES:
        for book, section in CITED.findall(path.read_text(encoding="utf-8")):
            found.setdefault((book.lower(), section), []).append(str(path.relative_to(ROOT)))
    return found


def test_every_cited_section_exists():
    cited = citations()
    assert {("settlement", "1"), ("settlement", "3"), ("settlement", "5")} <= set(cited), "the search finds nothing"
    for book in ("grading", "evaluation"):
        assert {(book, section) for section in "1234"} <= set(cited), f"a section of {book} is cited nowhere"
    wrong = {
        f"{book} rules, section {section}": paths
        for (book, section), paths in cited.items()
        if not (FOLDER / f"{book}.md").exists() or section not in sections(FOLDER / f"{book}.md")
    }
    assert not wrong


def test_the_index_names_every_book():
    index = (FOLDER / "README.md").read_text(encoding="utf-8")
    books = [path.name for path in FOLDER.glob("*.md") if path.name != "README.md"]
    assert books and all(f"({name})" in index for name in books)


def test_the_worked_example_is_what_the_rules_compute():
    result = json.loads((ROOT / "tests/vectors/clinic-a.out.json").read_text(encoding="utf-8"))
    given = json.loads((ROOT / "tests/vectors/clinic-a.in.json").read_text(encoding="utf-8"))
    text = (FOLDER / "settlement.md").read_text(encoding="utf-8")
    rows = [
        [cell.strip().replace(",", "") for cell in line.strip("|").split("|")]
        for line in text.splitlines()
        if re.match(r"\| 2025Q\d \|", line)
    ]
    told = zip(given["institutions"][0]["quarters"], result["institutions"][0]["quarters"], strict=True)
    names = ("settled", "prepaid", "pay", "carry")
    assert rows == [
        [q["period"], q["base"], fact["score"], q["coefficient"], fact["penalty"], *(q[name] for name in names)]
        for fact, q in told
    ]


@pytest.mark.parametrize(("book", "rules"), [("settlement", replay), ("grading", grade), ("evaluation", score)])
def test_the_example_of_a_replay_document_replays(book, rules):
    given, result = re.findall(r"```json\n(.*?)```", (FOLDER / f"{book}.md").read_text(encoding="utf-8"), re.S)
    assert json.loads(rules(given.encode())) == json.loads(result)
