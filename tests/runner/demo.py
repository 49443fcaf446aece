"""The demo county: made as scripts/run makes it, and the demo modules' own tests."""

import subprocess

from .job import ROOT, Result
from .suite import run_tests


def run(job):
    result = Result()
    if not job.demo:
        return Result(skipped="there is no demo module yet")
    database, problems = job.demo_database
    result.check("the demo county installs", problems)
    if problems:
        return result
    check = ["scripts/i18n", "--check", "-d", database, *job.demo]
    done = subprocess.run(check, cwd=ROOT, capture_output=True, text=True)
    report = (done.stdout + done.stderr).splitlines()
    result.check("every term of the demo is in Chinese", report if done.returncode else [])
    job.duplicate(database, "jiceng_test_demo_odoo")
    run_tests(job, result, "jiceng_test_demo_odoo", job.demo, "demo-tests")
    if job.nightly:
        tags = ["--test-tags", "click_all/web:TestMenusAdmin"]
        problems = job.odoo("-d", "jiceng_test_demo_odoo", *tags, log="click-all", timeout=7200)[1]
        result.check("every menu opens for the administrator", problems)
    return result
