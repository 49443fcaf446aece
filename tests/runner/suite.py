"""Odoo's own test runner over all addons but the demo ones, in two halves, each on a copy of the fresh suite."""

import re
import subprocess

from .job import ADDONS, ROOT, SUITE, Result, free_ports, show_slowest

STAMP = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,")
COUNTED = re.compile(r"(\d+) failed, (\d+) error\(s\) of (\d+) tests")
# What Odoo tells of each test when it is asked for its statistics.
TIMED = re.compile(r"^\t(\w+)\.[\w.]+\.(\w+)\.(test\w*|setUpClass): ([\d.]+)s \d+ queries$")
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
        "-d", database, "--test-tags", tags, "--http-port", http, "--gevent-port", gevent,
        "--log-handler", "odoo.tests.stats:DEBUG", log=log,
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
    show_slowest({f"{m[1]} {m[2]}.{m[3]}": float(m[4]) for line in lines if (m := TIMED.match(line))})


def failures(lines):
    """The tracebacks of failed tests, from the log."""
    shown, showing = [], False
    for line in lines:
        if STAMP.match(line):
            showing = re.search(r" ERROR .*: (FAIL|ERROR): ", line)
        if showing:
            shown.append(line)
    return shown[:400]


def halves(modules):
    """The modules in two parts whose tests are about as many."""
    parts, counts = ([], []), [0, 0]
    for module in sorted(modules, key=_count_tests, reverse=True):
        smaller = counts.index(min(counts))
        parts[smaller].append(module)
        counts[smaller] += _count_tests(module)
    return parts


def _count_tests(module):
    return sum(path.read_text(encoding="utf-8").count("def test_") for path in ADDONS.glob(f"{module}/tests/**/*.py"))


def run(job):
    """The larger half."""
    return _run_half(job, "odoo", halves(job.plain)[0])


def run_rest(job):
    """The other half; and that updating the suite changes nothing, for it has less to do."""
    return _run_half(job, "odoo-rest", halves(job.plain)[1], update=True)


def _run_half(job, name, modules, update=False):
    result = Result()
    if not modules:
        return Result(skipped="the other half holds all there is to test")
    database = f"jiceng_test_{name.replace('-', '_')}"
    job.duplicate(SUITE, database)
    check_translations(result, database, modules)
    run_tests(job, result, database, modules, name)
    if update or len(job.plain) == 1:
        arguments = ["-d", database, "-u", ",".join(job.plain), "--skip-auto-install"]
        problems = job.odoo(*arguments, "--stop-after-init", log=f"update-{name}")[1]
        result.check("updating the installed modules changes and complains of nothing", problems)
    return result
