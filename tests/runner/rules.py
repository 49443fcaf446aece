"""The rules that decide about money and scores, without Odoo; every branch of them runs."""

import subprocess
import sys

from .job import ADDONS, ROOT, Result

# Tens of thousands of made people and counties against a second, slow reckoning: watching every line of it takes longer
# than the reckoning, and each branch runs in the examples besides.
UNWATCHED = ("test_grading.py", "test_settlement_invariants.py")
# So many made-up examples of each rule run every branch; all of them are tried once more, unwatched.
WATCHED = {"JICENG_EXAMPLES": "20"}


def run(job):
    if not list((ROOT / "tests" / "rules").glob("test_*.py")):
        print("tests/rules holds no tests")
        return Result(0, 1)
    tools = [f"addons/{m}/tools/*" for m in job.modules if (ADDONS / m / "tools").is_dir()]
    measure = ["-m", "coverage", "run", f"--include={','.join(tools)}", "-m", "pytest"]
    unwatched = [f"tests/rules/{name}" for name in UNWATCHED]
    others = [f"--ignore={path}" for path in unwatched]
    result = job.pytest("rules", "tests/rules", *others, command=measure, env=WATCHED)
    result += job.pytest("rules-made-up", "tests/rules", *others, "-m", "hypothesis")
    result += job.pytest("rules-unwatched", *unwatched)
    report = subprocess.run(
        [sys.executable, "-m", "coverage", "report", "--fail-under=100"],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    problems = (report.stdout + report.stderr).splitlines() if report.returncode else []
    result.check("every branch of the rules is tested", problems)
    return result
