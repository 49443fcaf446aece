"""The rules of this code base that no general tool knows; a finding is `path: what to mend`."""

import ast
import re

from . import house_money, house_tests
from .job import ADDONS, ROOT

# The management wing (institutions, work, money) is used without any resident in the database. Whatever is installed
# stands in one of the two; the demo county stands beside them, and nothing else may need it.
PEOPLE = {"bphs_elderly", "bphs_indicator", "bphs_resident", "bphs_service", "bphs_team"}
MANAGEMENT = house_money.ADDONS
DEMO = "bphs_demo"
# Whose tests say every refusal by its words.
WORDED = {"bphs_approval", "bphs_base"}
LONGEST = 400
WRONG = {
    ".py": [
        (r"\b_sql_constraints\s*=", "Odoo 19 ignores _sql_constraints: use models.Constraint"),
        (r"except Exception:\s*(#.*)?\n\s+(pass|continue)\b", "an exception is swallowed"),
        (r"cr\.execute\(\s*f[\"']", "an f-string as SQL: use odoo.tools.SQL"),
        (r"\bsafe_eval\(", "expressions typed by users are not evaluated"),
    ],
    ".xml": [
        (r"<tree\b", "use <list>"),
        (r"\b(attrs|states)=", "use invisible=, readonly=, required="),
        (r"kanban-box", "use the card template"),
        (r"oe_chatter", "use <chatter/>"),
    ],
}


def line_of(text, position):
    return text.count("\n", 0, position) + 1


def addon_problems(addon):
    manifest = ast.literal_eval((addon / "__manifest__.py").read_text(encoding="utf-8"))
    if addon.name not in {*PEOPLE, *MANAGEMENT, DEMO}:
        yield addon, "stands in neither wing: name it in tests/runner/house.py"
    if addon.name != DEMO and DEMO in manifest.get("depends", []):
        yield addon, "what a county installs must not depend on the demo county"
    if addon.name in MANAGEMENT:
        for module in sorted(PEOPLE & set(manifest.get("depends", []))):
            yield addon, f"the management wing must not depend on {module}"
    for need in ("readme/DESCRIPTION.md", "i18n/zh_CN.po", f"i18n/{addon.name}.pot"):
        if not (addon / need).exists():
            yield addon, f"has no {need}"
    tests = sorted(addon.rglob("tests/**/test_*.py"))
    if not tests:
        yield addon, "has no tests"
    imports = addon / "tests" / "__init__.py"
    imported = imports.read_text(encoding="utf-8") if imports.exists() else ""
    for test in tests:
        if not re.search(rf"\b{test.stem}\b", imported):
            yield test, "is not imported in tests/__init__.py, so it never runs"
        if '"post_install", "-at_install"' not in test.read_text(encoding="utf-8"):
            yield test, 'is not tagged ("post_install", "-at_install")'


def file_problems(path, text):
    for pattern, why in WRONG.get(path.suffix, []):
        for match in re.finditer(pattern, text):
            yield path, f"line {line_of(text, match.start())}: {why}"
    if path.suffix != ".py":
        return
    if (length := text.count("\n")) > LONGEST:
        yield path, f"has {length} lines, over {LONGEST}: it holds two ideas"
    for mark in re.finditer(r"\b(TO" + "DO|FIX" + r"ME)\b", text):
        yield path, f"line {line_of(text, mark.start())}: unfinished work"
    if f"addons.{DEMO}" in text and DEMO not in path.parts:
        yield path, "what a county installs must not import from the demo county"


def tree_problems(trees, addons):
    """What the syntax trees say: {path: tree} of the whole suite, of which the given addons are judged."""
    names = house_money.field_names(trees.values())
    for path, tree in trees.items():
        if not any(addon in path.parents for addon in addons):
            continue
        if "tests" in path.parts:
            # What checks the words is itself built on the class.
            worded = bool(WORDED & set(path.parts)) and path.name != "refusals.py"
            rules = [rule for rule in house_tests.problems(tree) if worded or rule[1] != house_tests.REFUSED]
        else:
            rules = [
                *house_money.problems(path, tree, names, path.read_text(encoding="utf-8").splitlines()),
                *sudo_problems(path, tree),
            ]
        for line, what in rules:
            yield path, f"line {line}: {what}"


def sudo_problems(path, tree):
    """Whoever steps over rights says why: within the statement, or on the line above it."""
    lines = path.read_text(encoding="utf-8").splitlines()
    explained = set()
    for node in ast.walk(tree):
        # Of a statement with a body only the head.
        if isinstance(node, ast.stmt):
            last = node.body[0].lineno - 1 if getattr(node, "body", None) else node.end_lineno
            if any("#" in line for line in lines[node.lineno - 1 : last]) or lines[node.lineno - 2].strip().startswith(
                "#"
            ):
                explained |= set(range(node.lineno, last + 1))
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr == "sudo" and node.end_lineno not in explained:
            yield node.end_lineno, "sudo() without a comment that says why"


def problems(addons):
    """The findings in the given addon folders, as lines."""
    found = [finding for addon in addons for finding in addon_problems(addon)]
    gone = {*PEOPLE, *MANAGEMENT} - {path.name for path in ADDONS.iterdir()}
    found += [(ADDONS, f"tests/runner/house.py names {name}, which is not there") for name in sorted(gone)]
    for addon in addons:
        for path in sorted(path for kind in WRONG for path in addon.rglob(f"*{kind}")):
            found += file_problems(path, path.read_text(encoding="utf-8"))
    trees = {path: ast.parse(path.read_text(encoding="utf-8")) for path in sorted(ADDONS.rglob("*.py"))}
    found += tree_problems(trees, addons)
    tests = {path: tree for path, tree in trees.items() if "tests" in path.parts}
    idle = [(path, f"line {line}: {what}") for path, line, what in house_tests.idle_classes(tests)]
    found += [(path, what) for path, what in idle if any(addon in path.parents for addon in addons)]
    return [f"{path.relative_to(ROOT)}: {what}" for path, what in found]
