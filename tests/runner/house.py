"""The rules of this code base that no general tool knows; a finding is `path: what to mend`."""

import ast
import re

from .job import ROOT

# The management wing (institutions, work, money) is used without any resident in the database.
PEOPLE = {"bphs_resident", "bphs_team", "bphs_service", "bphs_elderly", "bphs_indicator"}
MANAGEMENT = {
    "bphs_approval", "bphs_base", "bphs_evaluation",
    "bphs_fund", "bphs_rectification", "bphs_workload",
}  # fmt: skip
LONGEST = 400
WRONG = {
    ".py": [
        (r"\b_sql_constraints\s*=", "Odoo 19 ignores _sql_constraints: use models.Constraint"),
        (r"except Exception:\s*(#.*)?\n\s+(pass|continue)\b", "an exception is swallowed"),
        (r"\bassert True\b|assertTrue\(True\)", "a test that cannot fail"),
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
    if "tests" in path.parts:
        return
    lines = text.splitlines()
    for number, line in enumerate(lines):
        if ".sudo(" in line and "#" not in line and not lines[number - 1].strip().startswith("#"):
            yield path, f"line {number + 1}: sudo() without a comment that says why"
    if "tools" in path.parts and path.parent.parent.name in ("bphs_base", "bphs_fund"):
        for match in re.finditer(r"\bfloat\(", text):
            yield path, f"line {line_of(text, match.start())}: float() where money is computed"


def problems(addons):
    """The findings in the given addon folders, as lines."""
    found = [finding for addon in addons for finding in addon_problems(addon)]
    for addon in addons:
        for path in sorted(path for kind in WRONG for path in addon.rglob(f"*{kind}")):
            found += file_problems(path, path.read_text(encoding="utf-8"))
    return [f"{path.relative_to(ROOT)}: {what}" for path, what in found]
