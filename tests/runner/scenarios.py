"""The readable scenarios of tests/scenarios, each run from an empty suite and rolled back."""

import json

from .job import ROOT, SUITE, VAR, Result, show_slowest

FOLDER = ROOT / "tests" / "scenarios"


def run(job):
    documents = sorted(FOLDER.glob("*.md"))
    if not documents:
        print("tests/scenarios holds no documents")
        return Result(0, 1)
    job.duplicate(SUITE, "jiceng_test_scenarios")
    result, seconds = Result(), {}
    for document in documents:
        report = VAR / f"scenario-{document.stem}.json"
        code = (
            "import runpy\n"
            f"play = runpy.run_path({str(ROOT / 'tests/runner/scenario_shell.py')!r})['play']\n"
            f"play(env, {str(document)!r}, {str(report)!r})\n"
        )
        _lines, problems = job.odoo(
            "shell", "-d", "jiceng_test_scenarios", "--no-http",
            log="scenarios", stdin=code, env={"QUEUE_JOB__NO_DELAY": "1"},
        )  # fmt: skip
        told = json.loads(report.read_text(encoding="utf-8")) if report.exists() else {}
        result.passed += told.get("passed", 0)
        problems = told.get("problems", ["it broke off before its end"]) + problems
        if not told.get("passed") and not told.get("problems"):
            problems.append("it has no ```python blocks")
        seconds |= told.get("seconds", {})
        result.check(f"scenario {document.name}", problems)
    show_slowest(seconds)
    return result
