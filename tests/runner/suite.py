"""Odoo's own test runner over all addons but the demo ones, on a fresh database."""

import re
import subprocess

from .job import ROOT, Result, free_ports

COUNTED = re.compile(r"(\d+) failed, (\d+) error\(s\) of (\d+) tests")
SKIPPED = re.compile(r" INFO \S+ \S+: skipped .+ : ")


def run_tests(job, result, database, modules, log):
    """Runs the modules' tests on an installed database and adds them to the result."""
    http, gevent = map(str, free_ports(2))
    tags = ",".join(f"/{module}" for module in modules)
    lines, problems = job.odoo(
        "-d", database, "--test-tags", tags, "--http-port", http, "--gevent-port", gevent, log=log
    )  # fmt: skip
    counts = [tuple(map(int, match)) for line in lines for match in COUNTED.findall(line)]
    failed = sum(failures + errors for failures, errors, _tests in counts)
    tests = sum(tests for _failures, _errors, tests in counts)
    result.passed += max(tests - failed, 0)
    result.failed += failed
    # A skipped test is a line of no alarm to Odoo: that of a browser missing, for one.
    problems += [line for line in lines if SKIPPED.search(line)]
    if failed:
        problems += failures(lines)
    result.check(f"{tests} tests of {', '.join(modules)}", problems if tests else ["no test ran"])


def failures(lines):
    """The tracebacks of failed tests, from the log."""
    shown = []
    for number, line in enumerate(lines):
        if re.search(r" ERROR .*: (FAIL|ERROR): ", line):
            shown += lines[number : number + 40]
    return shown[:400]


def run(job):
    result = Result()
    if not job.plain:
        return Result(skipped="only a demo module was asked for")
    database, problems = job.suite_database
    result.check(f"a fresh database installs {', '.join(job.plain)}", problems)
    if problems:
        return result

    check = ["scripts/i18n", "--check", "-d", database, *job.plain]
    done = subprocess.run(check, cwd=ROOT, capture_output=True, text=True)
    report = (done.stdout + done.stderr).splitlines()
    result.check("every term is in Chinese", report if done.returncode else [])

    job.duplicate(database, "jiceng_test_odoo")
    run_tests(job, result, "jiceng_test_odoo", job.plain, "odoo")

    update = ["-d", "jiceng_test_odoo", "-u", ",".join(job.plain), "--skip-auto-install"]
    problems = job.odoo(*update, "--stop-after-init", log="update")[1]
    result.check("updating the installed modules changes and complains of nothing", problems)
    return result
