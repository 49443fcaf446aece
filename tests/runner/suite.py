"""Odoo's own test runner over all addons but the demo ones, on a copy of the fresh suite."""

import re
import subprocess

from .job import ROOT, SUITE, Result, free_ports

DATABASE = "jiceng_test_odoo"
STAMP = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,")
COUNTED = re.compile(r"(\d+) failed, (\d+) error\(s\) of (\d+) tests")
SKIPPED = re.compile(r" INFO \S+ \S+: skipped .+ : ")


def check_translations(result, database, modules):
    """No term of the modules may be without its Chinese."""
    check = ["scripts/i18n", "--check", "-d", database, *modules]
    done = subprocess.run(check, cwd=ROOT, capture_output=True, text=True)
    report = (done.stdout + done.stderr).splitlines()
    result.check(f"every term of {', '.join(modules)} is in Chinese", report if done.returncode else [])


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
    shown, showing = [], False
    for line in lines:
        if STAMP.match(line):
            showing = re.search(r" ERROR .*: (FAIL|ERROR): ", line)
        if showing:
            shown.append(line)
    return shown[:400]


def run(job):
    result = Result()
    if not job.plain:
        return Result(skipped="only a demo module was asked for")
    job.duplicate(SUITE, DATABASE)
    check_translations(result, DATABASE, job.plain)
    run_tests(job, result, DATABASE, job.plain, "odoo")

    update = ["-d", DATABASE, "-u", ",".join(job.plain), "--skip-auto-install"]
    problems = job.odoo(*update, "--stop-after-init", log="update")[1]
    result.check("updating the installed modules changes and complains of nothing", problems)
    return result
